import { expect, test } from 'vitest';
import {
  answerRefused,
  clientMissing,
  proxyRefused,
  requestRefused,
  transportThrew,
} from '../../src/transport/client-failure.js';
import { expectNoSecret } from '../contract/secrets.js';

test('None of them holds a word of the request or of what was thrown', () => {
  const thrown = Object.assign(new TypeError('Headers.append: "secret-value" is an invalid header value.'), {
    input: 'secret-proxy',
  });

  [requestRefused('example.com:443', thrown), transportThrew(thrown), clientMissing(), answerRefused('null')].forEach(
    expectNoSecret,
  );
});

test('A refused request tells the code of the refusal', () => {
  const error = requestRefused('example.com:443', Object.assign(new TypeError('x'), { code: 'ERR_INVALID_CHAR' }));

  expect(error).toMatchObject({
    code: 'transport_failed',
    retryable: false,
    sent: false,
    cause: { code: 'ERR_INVALID_CHAR' },
  });
  expect(error.message).toContain('(ERR_INVALID_CHAR)');
});

test('A missing client tells of the other transport', () => {
  expect(clientMissing()).toMatchObject({ code: 'transport_failed', retryable: false, sent: false });
  expect(clientMissing().message).toContain('fetchTransport()');
});

test.each([
  [407, false],
  [403, false],
  [502, true],
])("A proxy's refusal with status %i may pass: %s", (status, retryable) => {
  expect(proxyRefused('example.com:443', status)).toMatchObject({ code: 'network_failed', retryable, sent: false });
});
