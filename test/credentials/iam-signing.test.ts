import { expect, it } from 'vitest';
import { StaticCredentials, TransportError, type Transport, type TransportRequest } from 'credence';
import { manualClock } from 'credence/testing';
import { signBytesByIam, type IamSigning } from '../../src/credentials/iam-signing.js';
import { rejection } from '../contract/secrets.js';
import { whetherHeld } from '../fixtures/held-process.js';
import { httpAnswer } from '../fixtures/http-answer.js';

const EMAIL = 'sa@p.iam.gserviceaccount.com';
const BYTES = new Uint8Array([1, 2, 3]);
const SIGNED = { signedBlob: Buffer.from('signed').toString('base64') };

function signing(request: Transport, more: Partial<IamSigning> = {}): IamSigning {
  const credentials = new StaticCredentials({ token: 'ya29.secret-token', quotaProjectId: 'q' });
  return { credentials, email: EMAIL, universeDomain: 'googleapis.com', request, clock: manualClock(), ...more };
}

it('asks in the name of the credentials, and gives the signature', async () => {
  const seen: TransportRequest[] = [];
  const request: Transport = (one) => {
    seen.push(one);
    return Promise.resolve(httpAnswer(200, SIGNED));
  };

  const signature = await signBytesByIam(BYTES, signing(request, { delegates: ['projects/-/serviceAccounts/d'] }));

  expect(Buffer.from(signature).toString()).toBe('signed');
  expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer ya29.secret-token', 'x-goog-user-project': 'q' });
  expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ payload: 'AQID', delegates: ['projects/-/serviceAccounts/d'] });
});

it('F2 tries again what failed for a while', async () => {
  const clock = manualClock();
  let attempts = 0;
  const request: Transport = () => Promise.resolve((attempts += 1) < 3 ? httpAnswer(503, '') : httpAnswer(200, SIGNED));
  const waiting = signBytesByIam(BYTES, signing(request, { clock }));

  await clock.advance(30_000);

  expect(Buffer.from(await waiting).toString()).toBe('signed');
  expect(attempts).toBe(3);
});

it('F79 says what to do where it is refused, without the token', async () => {
  const body = { error: { message: 'ya29.secret-token lacks iam.serviceAccounts.signBlob' } };
  const request: Transport = () => Promise.resolve(httpAnswer(403, body));

  const error: unknown = await signBytesByIam(BYTES, signing(request)).catch((thrown: unknown) => thrown);

  expect(error).toMatchObject({ code: 'signing_failed', retryable: false, status: 403 });
  expect(String(error)).toContain('Token Creator');
  expect(String(error)).not.toContain('ya29');
});

it('F82 a transport that hangs is given up after 30 s, and the process is held until then', async () => {
  const clock = manualClock();
  const request: Transport = () => new Promise(() => undefined);
  let error: unknown;

  const held = await whetherHeld(
    async () => {
      error = await rejection(signBytesByIam(BYTES, signing(request, { clock })));
    },
    () => clock.advance(30_000),
  );

  expect(error).toMatchObject({ code: 'signing_failed', retryable: true });
  expect(held).toEqual([true, false]);
});

it('F55 who leaves holds the process no longer', async () => {
  const leaving = new AbortController();
  const request: Transport = () => new Promise(() => undefined);

  const held = await whetherHeld(
    () => signBytesByIam(BYTES, signing(request, { signal: leaving.signal })),
    async () => leaving.abort('gone'),
  );

  expect(held).toEqual([true, false]);
});

it('F1 says that nothing answers', async () => {
  const cause = new TransportError('tls_failed', 'No secure connection.');

  const waiting = signBytesByIam(
    BYTES,
    signing(() => Promise.reject(cause)),
  );

  await expect(waiting).rejects.toMatchObject({ code: 'signing_failed', retryable: false, cause });
});
