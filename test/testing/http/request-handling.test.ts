import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { anEmulator, ask, callApi, refresh } from '../emulator-client.js';

test('a fault that stands in for the answer keeps the endpoint from doing its work', async () => {
  const emulator = await anEmulator({ rotateRefreshTokens: true });
  const { info, user } = await emulator.authorizedUser();
  emulator.faults.next('token', { status: 503, headers: { 'Retry-After': '7' } });

  const { status, headers } = await refresh(info);

  expect([status, headers.get('retry-after')]).toEqual([503, '7']);
  expect(user.currentRefreshToken).toBe(info.refresh_token);
});

test('faults hit one request each, in order, and then it is over', async () => {
  const emulator = await anEmulator();
  const { user } = await emulator.authorizedUser();
  const { token } = user.mint();
  emulator.faults.next('api', { html: true });
  emulator.faults.next('api', { json: [] });
  emulator.faults.next('api', { redirect: 'http://127.0.0.2/' });

  const replies = [];
  for (let turn = 0; turn < 4; turn += 1) replies.push(await callApi(emulator, token));

  expect(replies.map(({ status }) => status)).toEqual([200, 200, 307, 200]);
  expect(replies.map(({ headers }) => headers.get('content-type'))).toEqual([
    'text/html',
    'application/json; charset=utf-8',
    null,
    'application/json; charset=utf-8',
  ]);
});

test('requests that fail are counted like others', async () => {
  const emulator = await anEmulator();
  emulator.faults.always('token', { reset: 'before' });
  const { info } = await emulator.authorizedUser();

  await Promise.allSettled([refresh(info), refresh(info)]);

  expect(emulator.requests.token).toBe(2);
});

test('an answer without a body keeps to HTTP', async () => {
  const emulator = await anEmulator();
  emulator.faults.next('api', { status: 204 });

  const { status, headers, text } = await callApi(emulator, 'any');

  expect([status, headers.get('content-length'), text]).toEqual([204, null, '']);
});

test('a body of more than 16 MiB is refused with 413', async () => {
  const emulator = await anEmulator();

  const { status } = await ask(emulator.apiUrl, { method: 'POST', body: new Uint8Array(17 * 1024 * 1024) });

  expect(status).toBe(413);
});

test('a target that is no URL is refused with 400', async () => {
  const emulator = await anEmulator();
  const socket = connect(Number(new URL(emulator.url).port), '127.0.0.1');

  socket.end('GET nonsense HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
  const [answer] = (await once(socket, 'data')) as [Buffer];

  expect(answer.toString()).toMatch(/^HTTP\/1\.1 400 /);
});
