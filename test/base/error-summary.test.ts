import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { summaryOf } from '../../src/base/error-summary.js';
import { WITHHELD } from '../../src/base/quotable.js';

const SECRET = 'correct-horse-battery';
const none = (): undefined => undefined;

/** As HTTP clients throw them. */
function aClientError(overrides: object = {}): Error {
  return Object.assign(new Error('Request failed with status code 401'), {
    name: 'AxiosError',
    code: 'ERR_BAD_REQUEST',
    config: { headers: { authorization: `Bearer ${SECRET}` }, data: `client_secret=${SECRET}` },
    response: { status: 401, data: { secret: SECRET } },
    ...overrides,
  });
}

test('F78 It is an Error with the name, code, status, message and frames, and with nothing else', () => {
  const summary = summaryOf(aClientError(), [], none);

  expect(summary).toBeInstanceOf(Error);
  expect(summary).toMatchObject({ name: 'AxiosError', message: 'Request failed with status code 401' });
  expect({ ...summary }).toEqual({ code: 'ERR_BAD_REQUEST', status: 401 });
  expect(Reflect.ownKeys(summary).sort()).toEqual(['code', 'message', 'name', 'stack', 'status']);
  expect(summary.stack).toMatch(/^AxiosError: Request failed with status code 401\n {4}at .*error-summary\.test/);
  expect(inspect(summary, { depth: 20, showHidden: true })).not.toContain(SECRET);
});

test('F79 Its message is printable, short, and free of tokens and secrets', () => {
  const messages = [
    `a\r\nb\u202e ${'x y '.repeat(200)}`,
    'The token ya29.abcdef was refused',
    `The secret ${SECRET} was refused`,
    `The secret ${encodeURIComponent(SECRET).toUpperCase()} was refused`,
  ];

  const said = messages.map((message) => summaryOf(new Error(message), [SECRET], none).message);

  expect(said[0]).toMatch(/^a b {2}x y .*…$/);
  expect(said[0]).toHaveLength(301);
  expect(said.slice(1)).toEqual(['The token [redacted] was refused', 'The secret [redacted] was refused', WITHHELD]);
});

test('F78 Its stack does not repeat the message that was masked, nor an older one', () => {
  const error = new Error(`old ${SECRET}`);
  error.message = 'new';

  const stacks = [error, new Error(SECRET)].map((thrown) => summaryOf(thrown, [SECRET], none).stack);

  expect(stacks.join()).not.toContain(SECRET);
  expect(stacks[0]).toMatch(/^Error: new\n {4}at /);
});

test('F78 What V8 says of a text that is no JSON is not repeated', () => {
  const error = rejectionOf(() => JSON.parse(`${SECRET} is no JSON`) as unknown);

  expect(error.message).toContain('correct-ho');
  expect(summaryOf(error, [], none)).toMatchObject({
    name: 'SyntaxError',
    message: expect.stringMatching(/withheld/) as string,
  });
  expect(inspect(summaryOf(error, [], none))).not.toContain('correct-ho');
});

test('F78 A name or a code that holds a secret is left out', () => {
  const error = aClientError({ name: 'CorrectHorse', code: 'correct-horse', response: undefined });

  const summary = summaryOf(error, ['correct-horse', 'CorrectHorse'], none);

  expect(summary.name).toBe('Error');
  expect({ ...summary }).toEqual({});
});

test('Its causes become what the caller makes of them', () => {
  const inner = new Error('inner');
  const error = Object.assign(new AggregateError([inner, 'text'], 'all failed', { cause: inner }), { body: SECRET });

  const summary = summaryOf(error, [], (thrown) => (thrown === inner ? inner : undefined));

  expect(summary).toMatchObject({ name: 'AggregateError', message: 'all failed', cause: inner, errors: [inner] });
});

test('F78 An error whose properties all throw is summed up as an Error', () => {
  const hostile = new Proxy(new Error(SECRET), {
    get: () => {
      throw new Error(SECRET);
    },
  });

  expect(inspect(summaryOf(hostile, [], none), { showHidden: true })).not.toContain(SECRET);
});

function rejectionOf(act: () => unknown): Error {
  try {
    act();
  } catch (error) {
    return error as Error;
  }
  return expect.unreachable('It was expected to throw.');
}
