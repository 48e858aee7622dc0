import { afterEach, expect, it, vi } from 'vitest';
import { startConnectProxy } from '../contract/connect-proxy.js';
import { aUser } from '../fixtures/user.js';
afterEach(() => {
  vi.unstubAllEnvs();
});

it.each(['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'])(
  'a token request goes through the proxy of %s',
  async (name) => {
    const { credentials, emulator } = await aUser();
    await using proxy = await startConnectProxy();
    vi.stubEnv(name, proxy.url);

    await credentials.refresh();

    expect(proxy.targets).toEqual([new URL(emulator.url).host]);
  },
);

it('a token request goes straight to its server where NO_PROXY or no variable says otherwise', async () => {
  const { credentials } = await aUser();
  await using proxy = await startConnectProxy();

  await credentials.refresh();
  vi.stubEnv('HTTPS_PROXY', proxy.url);
  vi.stubEnv('NO_PROXY', '127.0.0.1');
  await credentials.refresh();

  expect(proxy.targets).toEqual([]);
});
