import { Gaxios } from 'gaxios';
import { describe, expect, it } from 'vitest';
import { fetchTransport, type Transport } from 'credence';
import { aUser } from '../fixtures/user.js';

describe('the request argument', () => {
  it('may be a Gaxios instance, a fetch transport, or any function of that shape', async () => {
    const { emulator, credentials } = await aUser();
    const custom: Transport = async ({ url, method, headers, body }) => {
      const response = await fetch(url, { method, headers: { ...headers }, ...(body === undefined ? {} : { body }) });
      return { status: response.status, headers: response.headers, body: await response.text() };
    };

    for (const request of [new Gaxios(), fetchTransport(), custom]) {
      credentials.invalidate(credentials.token ?? '');
      const headers: Record<string, string> = {};
      await credentials.beforeRequest(request, 'GET', emulator.apiUrl, headers);
      expect((await fetch(emulator.apiUrl, { headers })).status).toBe(200);
    }

    expect(emulator.requests.token).toBe(3);
  });

  it('may be a client that signs in all its requests by these very credentials', async () => {
    const { credentials } = await aUser();
    const client = new Gaxios();
    client.interceptors.request.add({
      resolved: async (options) => {
        await credentials.beforeRequest(client, 'POST', String(options.url), options.headers);
        return options;
      },
    });

    expect((await credentials.refresh(client)).value).not.toBe('');
  });

  it('wins over the transport option for the flight that it starts', async () => {
    const { credentials } = await aUser({ credentials: { transport: () => Promise.reject(new Error('the option')) } });

    await expect(credentials.refresh()).rejects.toThrow();

    expect((await credentials.refresh(fetchTransport())).value).not.toBe('');
  });

  it('F55 F82 that hangs holds nobody beyond their own patience', async () => {
    const { credentials } = await aUser();
    let calls = 0;
    const hangsOnce: Transport = (request) => {
      calls += 1;
      return calls === 1 ? new Promise(() => undefined) : fetchTransport()(request);
    };

    await expect(credentials.refresh(hangsOnce, { signal: AbortSignal.timeout(50) })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
  });
});
