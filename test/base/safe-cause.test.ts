import { inspect } from 'node:util';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { GaxiosError } from 'gaxios';
import { describe, expect, it } from 'vitest';
import { isSafe, safeCause } from '../../src/base/safe-cause.js';
import { ConfigurationError, RefreshError, TransportError } from '../../src/errors.js';
import { aSecretAndPart, aSpelling, shownPart, SPELLINGS } from '../fixtures/echoes.js';

const SECRET = 'correct-horse-battery';

class BrokerError extends Error {
  override name = 'BrokerError';
  readonly retries = 3;
  readonly final = true;
}

class WithGetter extends Error {
  get config(): string {
    return SECRET;
  }
}

class WithJson extends Error {
  toJSON(): string {
    return SECRET;
  }
}

function shown(thrown: unknown): string {
  const cause = safeCause(thrown);
  return `${inspect(cause, { depth: 30, showHidden: true })} ${JSON.stringify(cause)} ${String(cause?.stack)}`;
}

describe('An error stays itself', () => {
  it.each([
    ['a plain one', new Error('broker down')],
    ['one of a class, with a name, numbers and flags', new BrokerError('x')],
    [
      'one with a code',
      Object.assign(new Error('x'), { code: 'ECONNRESET', errno: -104, syscall: 'read', status: 503 }),
    ],
    ['an abort', new DOMException('aborted', 'AbortError')],
    ['one of another realm', runInNewContext('new TypeError("x")') as Error],
    ['one with harmless causes', new Error('x', { cause: new AggregateError([new Error('y'), new TypeError('z')]) })],
    [
      'one of ours',
      new RefreshError('timed_out', 'x', { cause: new TransportError('timed_out', 'y'), nextAttemptAt: 5 }),
    ],
    [
      'one of ours that names a long path',
      new ConfigurationError('file_unreadable', `Cannot read /volumes/pvc-${'0f8fad5b-'.repeat(5)}/key.json.`),
    ],
  ])('where nothing in it can hold a secret: %s', (_what, error) => {
    expect(safeCause(error)).toBe(error);
    expect(isSafe(error)).toBe(true);
  });
});

describe('An error is summed up', () => {
  const revealing = ['config', 'options', 'request', 'response', 'headers', 'body', 'data'];

  it.each<[what: string, error: Error]>([
    ...revealing.map((key): [string, Error] => [`has ${key}`, Object.assign(new Error('x'), { [key]: SECRET })]),
    ...['path', 'reason', 'code', 'hostname', 'errorDescription'].map((key): [string, Error] => [
      `holds in ${key} what looks like a token`,
      Object.assign(new Error('x'), { [key]: `/sign?access_token=ya29.${SECRET}` }),
    ]),
    ['inherits a revealing getter', new WithGetter('x')],
    ['has its own toJSON', new WithJson('x')],
    ['has an object that nobody knows', Object.assign(new Error('x'), { details: { SECRET } })],
    ['has a text that nobody knows', Object.assign(new Error('x'), { answer: SECRET })],
    ['hides one', Object.defineProperty(new Error('x'), 'answer', { value: SECRET, enumerable: false })],
    ['has one under a symbol', Object.assign(new Error('x'), { [Symbol('answer')]: SECRET })],
    ['has a getter', Object.defineProperty(new Error('x'), 'answer', { get: () => SECRET })],
    ['has a method', Object.assign(new Error('x'), { answer: () => SECRET })],
    ['has a text for a cause', new Error('x', { cause: SECRET })],
    ['has an object for a cause', new Error('x', { cause: { body: SECRET } })],
    ['has a text among its errors', new AggregateError([SECRET])],
    ['cannot parse JSON', thrownBy(() => JSON.parse(SECRET) as unknown)],
    ['cannot parse a URL', thrownBy(() => new URL(SECRET))],
    ['has a secret for a key', Object.assign(new Error('x'), { [SECRET]: 1 })],
    ['is a proxy of an error', new Proxy(new Error('x'), { ownKeys: () => [SECRET] })],
  ])('F78 where it %s', (_what, error) => {
    const cause = safeCause(error);

    expect(cause).toBeInstanceOf(Error);
    expect(cause).not.toBe(error);
    expect([error.name, error.constructor.name]).toContain(cause?.name);
    expect(shown(error)).not.toMatch(/correct-ho/);
  });

  it.each(['The token ya29.abcdef was refused', 'bad header "Bearer abc123def"', 'x'.repeat(40)])(
    'F78 where its message quotes what looks like a token: %s',
    (message) => {
      expect(safeCause(new Error(message))?.message).toContain('[redacted]');
      expect(shown(new Error(message))).not.toContain(message);
    },
  );

  it('F78 with its causes, of which the harmless ones stay themselves', () => {
    const [plain, revealing] = [new Error('plain'), Object.assign(new Error('told'), { body: SECRET })];
    const error = new Error('outer', { cause: new AggregateError([plain, revealing], 'both') });

    const cause = safeCause(error);

    expect(cause).toMatchObject({ message: 'outer', cause: { name: 'AggregateError', message: 'both' } });
    expect((cause?.cause as AggregateError).errors).toEqual([plain, expect.objectContaining({ message: 'told' })]);
    expect((cause?.cause as AggregateError).errors[0]).toBe(plain);
    expect(shown(error)).not.toContain(SECRET);
  });

  it('F78 as GaxiosError is', () => {
    const config = { url: new URL('https://example.com'), headers: new Headers({ authorization: `Bearer ${SECRET}` }) };
    const error = new GaxiosError('Request failed', config, { status: 401, data: SECRET, config } as never);

    expect(safeCause(error)).toMatchObject({ name: 'GaxiosError', message: 'Request failed', status: 401 });
    expect(shown(error)).not.toContain(SECRET);
  });
});

describe('However errors hang together', () => {
  it('F78 a ring of causes ends', () => {
    const [first, second] = [new Error('1'), new Error('2')];
    Object.assign(first, { cause: second });
    Object.assign(second, { cause: first });

    expect(safeCause(first)).toMatchObject({ message: '1', cause: { message: '2' } });
    expect(safeCause(first)?.cause).not.toHaveProperty('cause');
  });

  it('F78 a chain of a thousand is cut short', () => {
    let chain: Error = Object.assign(new Error('last'), { body: SECRET });
    for (let link = 0; link < 1_000; link += 1) chain = new Error('link', { cause: chain });

    expect(shown(chain)).not.toContain(SECRET);
    expect(shown(chain).match(/Error: link/g)?.length).toBeLessThan(100);
  });

  it('F78 ten thousand errors in one, each in each, are looked at once', () => {
    const all = Array.from({ length: 100 }, () => new AggregateError([], 'x'));
    for (const one of all) one.errors = all;

    expect(safeCause(new AggregateError(all))).toBeInstanceOf(Error);
  });
});

it.each(['text', undefined, null, 5, { message: 'x', body: SECRET }])('What is no error is no cause: %j', (thrown) => {
  expect(safeCause(thrown)).toBeUndefined();
});

it('F78 no eight characters of a known secret remain, wherever an error says them and however', () => {
  const place = fc.constantFrom('message', 'name', 'code', 'stack', 'path', 'cause', 'body');
  fc.assert(
    fc.property(aSecretAndPart, aSpelling, place, ({ secret, part }, { write, name }, key) => {
      fc.pre(!name.startsWith('base64') || part.length > 10);
      const said = key === 'cause' ? new Error(write(part)) : write(part);
      const error = Object.defineProperty(new Error('x'), key, { value: said, configurable: true, writable: true });

      const cause = safeCause(error, [secret]);

      expect(shownPart(inspect(cause, { depth: 9, showHidden: true }), secret, SPELLINGS)).toBeUndefined();
    }),
    { numRuns: 300 },
  );
});

function thrownBy(act: () => unknown): Error {
  try {
    act();
  } catch (error) {
    return error as Error;
  }
  return expect.unreachable('It was expected to throw.');
}
