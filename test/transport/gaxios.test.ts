import { Agent } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { gaxiosTransport, sendByDefault } from '../../src/transport/gaxios-transport.js';
import { selfSigned } from '../contract/certificates.js';
import { childOf } from '../contract/child.js';
import { startConnectProxy } from '../contract/connect-proxy.js';
import { NOBODY, startFaultyServer } from '../contract/faulty-server.js';
import { secretRequest, transportFailure } from '../contract/secrets.js';
import { transportContract } from '../contract/transport.js';

transportContract('gaxiosTransport', { make: (clock) => gaxiosTransport(clock === undefined ? {} : { clock }) });
afterEach(() => vi.unstubAllEnvs());

describe('Proxies', () => {
  test.each(['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'])(
    '%s of the environment is gone through by CONNECT',
    async (name) => {
      await using server = await startFaultyServer();
      await using proxy = await startConnectProxy();
      vi.stubEnv(name, proxy.url);

      const answer = await gaxiosTransport()(secretRequest(server.url, '/echo'));

      expect(answer.status).toBe(200);
      expect(proxy.targets).toEqual([`127.0.0.1:${server.port}`]);
    },
  );

  test('NO_PROXY names hosts that are reached directly', async () => {
    await using server = await startFaultyServer();
    await using proxy = await startConnectProxy();
    vi.stubEnv('HTTPS_PROXY', proxy.url);
    vi.stubEnv('NO_PROXY', 'example.com, 127.0.0.1');

    await gaxiosTransport()(secretRequest(server.url, '/echo'));

    expect([server.seen.length, proxy.targets.length]).toEqual([1, 0]);
  });

  test('What is on this machine is not asked of a proxy on another one, unless that is given', async () => {
    await using server = await startFaultyServer();
    vi.stubEnv('HTTPS_PROXY', 'http://proxy.invalid:3128');

    const answer = await gaxiosTransport()(secretRequest(server.url, '/echo'));
    const error = await transportFailure(
      gaxiosTransport({ proxy: 'http://proxy.invalid:3128' })(secretRequest(server.url, '/echo')),
    );

    expect(answer.status).toBe(200);
    expect([error.sent, server.seen.length]).toEqual([false, 1]);
  });

  test('What is elsewhere is asked of the proxy of the environment, wherever that is', async () => {
    await using proxy = await startConnectProxy(403);
    vi.stubEnv('HTTPS_PROXY', proxy.url.replace('127.0.0.1', '0.0.0.0'));

    await transportFailure(gaxiosTransport()(secretRequest('http://token.invalid', '/echo')));

    expect(proxy.targets).toEqual(['token.invalid:80']);
  });

  test('A request with proxy: false goes directly, past the environment, the option and the agent', async () => {
    await using server = await startFaultyServer();
    await using proxy = await startConnectProxy();
    vi.stubEnv('HTTPS_PROXY', proxy.url);
    const transport = gaxiosTransport({ proxy: proxy.url, agent: () => expect.unreachable('The agent is not asked.') });

    await transport(secretRequest(server.url, '/echo', { proxy: false }));

    expect([server.seen.length, proxy.targets.length]).toEqual([1, 0]);
  });

  test('The option names a proxy with user and password, and the hosts that do without', async () => {
    await using server = await startFaultyServer();
    await using proxy = await startConnectProxy();
    const withUser = proxy.url.replace('//', '//user:pass@');

    await gaxiosTransport({ proxy: withUser })(secretRequest(server.url, '/echo'));
    await gaxiosTransport({ proxy: withUser, noProxy: ['127.0.0.1'] })(secretRequest(server.url, '/echo'));

    expect(proxy.authorizations).toEqual([`Basic ${Buffer.from('user:pass').toString('base64')}`]);
    expect(server.seen).toHaveLength(2);
  });

  test.each([
    [407, false],
    [503, true],
  ])("A proxy's refusal with status %i is a failure, and not the server's answer", async (status, retryable) => {
    await using server = await startFaultyServer();
    await using proxy = await startConnectProxy(status);

    const error = await transportFailure(
      gaxiosTransport({ proxy: proxy.url.replace('//', '//user:secret-word@') })(secretRequest(server.url, '/echo')),
    );

    expect(error).toMatchObject({ code: 'network_failed', sent: false, retryable });
    expect(error.message).toContain(`status ${status}`);
    expect(server.connections).toBe(0);
  });

  test('A proxy that is down is named in the failure', async () => {
    await using server = await startFaultyServer();

    const error = await transportFailure(
      gaxiosTransport({ proxy: `http://${NOBODY}` })(secretRequest(server.url, '/echo')),
    );

    expect(error).toMatchObject({ code: 'network_failed', sent: false });
    expect(error.message).toContain(NOBODY);
  });

  test('A proxy of the environment that is no URL is told without its value', async () => {
    await using server = await startFaultyServer();
    vi.stubEnv('HTTPS_PROXY', 'secret-user of a secret-proxy');

    const error = await transportFailure(gaxiosTransport()(secretRequest(server.url, '/echo')));

    expect(error).toMatchObject({ code: 'transport_failed', sent: false, retryable: false });
    expect(error.message).toContain('HTTPS_PROXY');
  });

  test('TLS goes through the proxy to the server, with the certificates that the process trusts', async () => {
    const certificate = selfSigned('DNS:localhost');
    await using server = await startFaultyServer(certificate);
    await using proxy = await startConnectProxy();
    using child = await childOf('src/transport/gaxios-transport.ts');
    const trusted = child.write('trusted.pem', certificate.cert);

    const printed = await child.run(
      `import { gaxiosTransport } from './entry.mjs';
       const answer = await gaxiosTransport()({ method: 'POST', url: 'https://localhost:${server.port}/echo', body: 'a=b' });
       console.log(answer.status, JSON.parse(answer.body).body);`,
      { HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: trusted },
    );

    expect(printed.trim()).toBe('200 a=b');
    expect(proxy.targets).toEqual([`localhost:${server.port}`]);
  });
});

describe('TLS and agents', () => {
  test('An agent of the user is used', async () => {
    await using server = await startFaultyServer();
    using agent = disposable(new Agent({ keepAlive: true }));

    await gaxiosTransport({ agent: agent.value })(secretRequest(server.url, '/echo'));
    await gaxiosTransport({ agent: (url) => (url.port === String(server.port) ? agent.value : new Agent()) })(
      secretRequest(server.url, '/echo'),
    );

    expect(server.connections).toBe(1);
  });

  test('A client certificate is shown to the server, over a kept connection', async () => {
    const [own, theirs] = [selfSigned(), selfSigned()];
    await using server = await startFaultyServer(theirs, { requestCert: true, rejectUnauthorized: true, ca: own.cert });
    using agent = disposable(new SecureAgent({ ca: theirs.cert, keepAlive: true }));
    const transport = gaxiosTransport({ ...own, agent: agent.value });

    const answers = [
      await transport(secretRequest(server.url, '/echo')),
      await transport(secretRequest(server.url, '/echo')),
    ];

    expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
    expect(server.connections).toBe(1);
  });

  test('F7 A certificate for another name is for an operator to repair', async () => {
    const certificate = selfSigned('DNS:elsewhere.example');
    await using server = await startFaultyServer(certificate);
    using agent = disposable(new SecureAgent({ ca: certificate.cert }));

    const error = await transportFailure(gaxiosTransport({ agent: agent.value })(secretRequest(server.url, '/echo')));

    expect(error).toMatchObject({ code: 'tls_failed', sent: false, retryable: false });
    expect(error.message).toContain('for another name');
  });

  test('F7 A port that does not speak TLS is for an operator to repair', async () => {
    await using server = await startFaultyServer();

    const error = await transportFailure(
      gaxiosTransport()(secretRequest(server.url.replace('http:', 'https:'), '/echo')),
    );

    expect(error).toMatchObject({ code: 'tls_failed', sent: false, retryable: false });
  });
});

test('A header value that no client would send is refused without being told', async () => {
  await using server = await startFaultyServer();
  const headers = { authorization: 'Bearer secret-\r\nbreak' };

  const viaGaxios = await transportFailure(gaxiosTransport()(secretRequest(server.url, '/echo', { headers })));
  const direct = await transportFailure(
    gaxiosTransport()(secretRequest(server.url, '/echo', { headers, proxy: false })),
  );

  expect([viaGaxios.code, viaGaxios.retryable, viaGaxios.sent]).toEqual(['transport_failed', false, false]);
  expect([direct.code, direct.retryable, direct.sent]).toEqual(['transport_failed', false, false]);
  expect(server.connections).toBe(0);
});

test('What is sent by default shares its connections, whether or not there may be a proxy', async () => {
  await using server = await startFaultyServer();

  for (const mayProxy of [false, true, false]) await sendByDefault(secretRequest(server.url, '/echo'), mayProxy);

  expect(server.connections).toBe(1);
});

test.each([false, true])('A bad request is refused before anything is sent: with a proxy %s', async (mayProxy) => {
  const left = new Error('left');

  await expect(sendByDefault({ method: 'GET', url: '/relative' }, mayProxy)).rejects.toThrow(TypeError);
  await expect(
    sendByDefault({ method: 'GET', url: 'http://127.0.0.1:1/', signal: AbortSignal.abort(left) }, mayProxy),
  ).rejects.toBe(left);
});

test('F54 A process whose only work is an idle kept connection exits at once', async () => {
  await using server = await startFaultyServer();
  using child = await childOf('src/transport/gaxios-transport.ts');

  const printed = await child.run(
    `import { gaxiosTransport } from './entry.mjs';
     await gaxiosTransport()({ method: 'POST', url: '${server.url}/echo', body: 'a=b' });
     const answeredAt = Date.now();
     process.on('exit', () => console.log(Date.now() - answeredAt));`,
  );

  // It is kept for four seconds.
  expect(Number(printed)).toBeLessThan(3_000);
});

test('gaxios and node:http are loaded by the first request, and not by the import', async () => {
  using child = await childOf('src/transport/gaxios-transport.ts');

  const printed = await child.run(
    `const { gaxiosTransport } = await import('./entry.mjs');
     gaxiosTransport();
     console.log(process.moduleLoadList.filter((name) => /NativeModule (http|https|tls|net|zlib|internal.deps.undici.undici)$/.test(name)).join());`,
  );

  expect(printed.trim()).toBe('');
});

function disposable(agent: Agent): Disposable & { readonly value: Agent } {
  return { value: agent, [Symbol.dispose]: () => agent.destroy() };
}
