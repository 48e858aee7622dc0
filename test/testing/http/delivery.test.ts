import { once } from 'node:events';
import { request } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createGunzip } from 'node:zlib';
import type { Emulator } from '../../../src/testing/emulator.js';
import type { Fault } from '../../../src/testing/faults/fault.js';
import { anEmulator, callApi, refresh } from '../emulator-client.js';

/** Sends `GET /api` over a socket of its own, so that what happens on the wire can be seen. */
function get(emulator: Emulator, token: string): ClientRequest {
  const sent = request(emulator.apiUrl, { agent: false, headers: { authorization: `Bearer ${token}` } });
  // Where a test does not expect an error, the awaited event never comes and the test fails.
  sent.on('error', () => undefined);
  sent.end();
  onTestFinished(() => {
    sent.destroy();
  });
  return sent;
}

async function answerTo(fault: Fault): Promise<IncomingMessage> {
  const emulator = await anEmulator();
  const { user } = await emulator.authorizedUser();
  emulator.faults.next('api', fault);
  const [response] = (await once(get(emulator, user.mint().token), 'response')) as [IncomingMessage];
  return response;
}

async function errorOf(fault: Fault): Promise<NodeJS.ErrnoException> {
  const emulator = await anEmulator();
  const { user } = await emulator.authorizedUser();
  emulator.faults.next('api', fault);
  return (await once(get(emulator, user.mint().token), 'error'))[0] as NodeJS.ErrnoException;
}

describe('a reset', () => {
  test.each(['before', 'after'] as const)(
    '%s the request is processed reaches the client as ECONNRESET',
    async (reset) => {
      expect((await errorOf({ reset })).code).toBe('ECONNRESET');
    },
  );

  test('before leaves a rotating grant as it was', async () => {
    const emulator = await anEmulator({ rotateRefreshTokens: true });
    const { info, user } = await emulator.authorizedUser();
    emulator.faults.next('token', { reset: 'before' });

    await expect(refresh(info)).rejects.toThrow();

    expect(user.currentRefreshToken).toBe(info.refresh_token);
    expect((await refresh(info)).status).toBe(200);
  });

  test('after loses a rotation in flight: the server has spent the token, the client has no other', async () => {
    const emulator = await anEmulator({ rotateRefreshTokens: true });
    const { info, user } = await emulator.authorizedUser();
    emulator.faults.next('token', { reset: 'after' });

    await expect(refresh(info)).rejects.toThrow();

    expect(user.currentRefreshToken).not.toBe(info.refresh_token);
    expect((await refresh(info)).json['error']).toBe('invalid_grant');
  });
});

describe('a hang', () => {
  test.each([
    [true, false],
    ['before', false],
    ['after', true],
  ] as const)('of kind %s sends nothing, and processes the request: %s', async (hang, processes) => {
    const emulator = await anEmulator({ rotateRefreshTokens: true });
    const { info, user } = await emulator.authorizedUser();
    emulator.faults.next('token', { hang });
    const answer = refresh(info).then(
      () => 'answered',
      () => 'cut off',
    );

    while (emulator.requests.log.length === 0) await new Promise(setImmediate);

    expect(emulator.requests.log[0]).toMatchObject({ fault: 'hang', status: undefined });
    expect(user.currentRefreshToken !== info.refresh_token).toBe(processes);
    await emulator.close();
    expect(await answer).toBe('cut off');
  });
});

describe('a slow body', () => {
  test('sends the headers and then byte after byte, to the end', async () => {
    const response = await answerTo({ slowBody: 0 });
    const chunks: Buffer[] = [];

    for await (const chunk of response) chunks.push(chunk as Buffer);

    const body = Buffer.concat(chunks);
    expect(JSON.parse(body.toString())).toMatchObject({ path: '/api' });
    expect(response.headers['content-length']).toBe(String(body.length));
    expect(chunks.length).toBeGreaterThan(1);
  });

  test('takes the given time for each byte, headers excepted', async () => {
    const response = await answerTo({ slowBody: 3_600_000 });

    expect(response.statusCode).toBe(200);
    expect(response.read()).toBeNull();
  });
});

describe('a truncation', () => {
  test.each([0, 10])(
    'to %i bytes announces the whole body and closes the connection after that many',
    async (truncate) => {
      const response = await answerTo({ truncate });
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));

      const [error] = (await once(response, 'error')) as [NodeJS.ErrnoException];

      expect(error.code).toBe('ECONNRESET');
      expect(Buffer.concat(chunks)).toHaveLength(truncate);
      expect(Number(response.headers['content-length'])).toBeGreaterThan(10);
    },
  );

  test('loses a rotation in flight', async () => {
    const emulator = await anEmulator({ rotateRefreshTokens: true });
    const { info, user } = await emulator.authorizedUser();
    emulator.faults.next('token', { truncate: 20 });

    await expect(refresh(info)).rejects.toThrow();

    expect(user.currentRefreshToken).not.toBe(info.refresh_token);
  });
});

describe('a huge body', () => {
  async function sizeOf(stream: AsyncIterable<Buffer>): Promise<number> {
    let size = 0;
    for await (const chunk of stream) size += chunk.length;
    return size;
  }

  test.each([2, 3, 65_538, 3_000_001])('has exactly %i bytes of JSON', async (bytes) => {
    const emulator = await anEmulator();
    emulator.faults.next('api', { bytes });

    const { text, headers } = await callApi(emulator, 'any');

    expect(text).toHaveLength(bytes);
    expect(text.startsWith('"') && text.endsWith('"')).toBe(true);
    expect(headers.get('content-type')).toContain('application/json');
  });

  test('is small on the wire where it is compressed', async () => {
    const response = await answerTo({ bytes: 5_000_000, gzip: true });
    let onWire = 0;
    response.on('data', (chunk: Buffer) => (onWire += chunk.length));

    const size = await sizeOf(response.pipe(createGunzip()));

    expect(response.headers['content-encoding']).toBe('gzip');
    expect(size).toBe(5_000_000);
    expect(onWire).toBeLessThan(50_000);
  });

  test('stops being made when the client has had enough', async () => {
    const response = await answerTo({ bytes: 2 ** 40 });
    await once(response, 'data');

    response.destroy();

    // Closing the emulator, which happens after each test, would not come to an end otherwise.
    expect(response.destroyed).toBe(true);
  });
});

describe('a delay', () => {
  test('holds back an answer that is otherwise unharmed', async () => {
    const emulator = await anEmulator();
    const { user } = await emulator.authorizedUser();
    emulator.faults.next('api', { delayMs: 30 });
    const startedAt = performance.now();

    const { status } = await callApi(emulator, user.mint().token);

    expect(status).toBe(200);
    expect(performance.now() - startedAt).toBeGreaterThan(28);
  });

  test('goes together with other faults', async () => {
    const emulator = await anEmulator();
    emulator.faults.next('api', { delayMs: 30, status: 503 });
    const startedAt = performance.now();

    const { status } = await callApi(emulator, 'any');

    expect(status).toBe(503);
    expect(performance.now() - startedAt).toBeGreaterThan(28);
  });
});
