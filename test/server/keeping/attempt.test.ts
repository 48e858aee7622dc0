import { expect, test } from 'vitest';
import { RefreshError, type Credentials, type RefreshErrorCode } from 'credence';
import { manualClock } from 'credence/testing';
import { Attempt } from '../../../src/server/keeping/attempt.js';
import { httpAnswer } from '../../fixtures/http-answer.js';
import { ScriptedCredentials, tokens, turn } from '../../fixtures/scripted-credentials.js';
import { HOUR_MS } from '../../fixtures/token-server.js';

const CODE: RefreshErrorCode = 'server_unavailable';

/** Credentials whose endpoint fails, and how often it was asked. */
function failing() {
  const clock = manualClock();
  const asked: number[] = [];
  const credentials = new ScriptedCredentials({
    clock,
    transport: async () => {
      asked.push(clock.monotonic());
      await clock.sleep(100);
      return httpAnswer(503, {});
    },
    mint: async (_count, request) => {
      await request({ method: 'GET', url: 'https://issuer.example.com/', headers: {} });
      throw new RefreshError(CODE, 'down', { retryable: true });
    },
  });
  return { clock, credentials, asked };
}

function anAttempt(credentials: Credentials | (() => Promise<Credentials>), isAwaited = false): Attempt {
  return new Attempt({ credentials, request: undefined, isAwaited });
}

test('It gives the token, or the failure as a value.', async () => {
  const { clock, credentials } = failing();
  const healthy = new ScriptedCredentials({ clock, mint: () => tokens('t', clock.now() + HOUR_MS) });

  const token = await anAttempt(healthy).result;
  const failure = anAttempt(credentials).result;
  await expect.poll(() => clock.pending).toBeGreaterThan(1);
  await clock.advance(100);

  expect(token).toMatchObject({ value: 't' });
  expect(await failure).toMatchObject({ code: CODE });
});

test('Credentials that are not found are its failure.', async () => {
  const result = await anAttempt(() => Promise.reject(new Error('nowhere'))).result;

  expect(result).toMatchObject({ code: 'source_failed', retryable: true });
});

test.each([
  ['nobody waits for is sent once', false, 1],
  ['somebody waits for is repeated', true, 3],
])('A request that %s.', async (_, isAwaited, requests) => {
  const { clock, credentials, asked } = failing();
  const attempt = anAttempt(credentials, isAwaited);
  await expect.poll(() => asked.length).toBe(1);

  await clock.advance(20_000);

  expect(await attempt.result).toMatchObject({ code: CODE });
  expect(asked).toHaveLength(requests);
  expect(credentials.mints).toBe(1);
});

test('F54 A request is repeated for whoever joins, and no longer once they have left.', async () => {
  const [joined, left] = [failing(), failing()];
  const attempts = [anAttempt(joined.credentials), anAttempt(left.credentials, true)];
  await expect.poll(() => joined.asked.length + left.asked.length).toBe(2);

  attempts[0]?.join();
  attempts[0]?.join();
  attempts[1]?.leave();
  await Promise.all([joined.clock.advance(20_000), left.clock.advance(20_000)]);

  expect(await Promise.all(attempts.map(({ result }) => result))).toMatchObject([{ code: CODE }, { code: CODE }]);
  expect([joined.asked.length, left.asked.length]).toEqual([3, 1]);
});

test('Whoever joins while the credentials are looked for is waited with as soon as they are found.', async () => {
  const { clock, credentials, asked } = failing();
  let find: () => void = () => undefined;
  const attempt = anAttempt(() => new Promise((resolve) => (find = () => resolve(credentials))));

  attempt.join();
  find();
  await expect.poll(() => asked.length).toBe(1);
  await clock.advance(20_000);

  expect(await attempt.result).toMatchObject({ code: CODE });
  expect(asked).toHaveLength(3);
});

test('F3 Whoever joins in the instant in which the flight has failed begins no other one.', async () => {
  const { clock, credentials, asked } = failing();
  const attempt = anAttempt(credentials);
  const joining = credentials.refresh(undefined, { singleAttempt: true }).catch(() => attempt.join());
  await expect.poll(() => asked.length).toBe(1);

  await clock.advance(100);
  await Promise.all([joining, attempt.result]);
  await turn();

  expect(asked).toHaveLength(1);
});

test('F53 Leaving makes no unhandled rejection.', async () => {
  const rejections: unknown[] = [];
  const note = (error: unknown): void => void rejections.push(error);
  process.on('unhandledRejection', note);
  const attempt = anAttempt(failing().credentials, true);

  attempt.leave();
  attempt.leave();
  await turn();

  process.off('unhandledRejection', note);
  expect(rejections).toEqual([]);
});
