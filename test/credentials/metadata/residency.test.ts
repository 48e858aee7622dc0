import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { gaxiosTransport, type Transport } from 'credence';
import { manualClock } from 'credence/testing';
import { detectGoogleCloud, type DetectionOptions } from '../../../src/credentials/metadata/residency.js';
import { startConnectProxy } from '../../contract/connect-proxy.js';
import { startFaultyServer } from '../../contract/faulty-server.js';
import { whetherHeld } from '../../fixtures/held-process.js';
import { httpAnswer } from '../../fixtures/http-answer.js';
import { aMetadataServer, forgetMetadataServer } from '../../fixtures/metadata-server.js';

const folder = mkdtempSync(path.join(tmpdir(), 'credence-residency-'));
/** Elsewhere than on Google's machines there is no such file, or another name in it. */
const elsewhere = path.join(folder, 'missing');

const look = (options: DetectionOptions = {}) => detectGoogleCloud({ productNameFile: elsewhere, ...options });

beforeEach(() => {
  forgetMetadataServer();
});
afterEach(() => {
  vi.unstubAllEnvs();
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('the ping', () => {
  it('finds a server that signs as Google’s', async () => {
    await using server = await aMetadataServer(() => ({}));

    const residency = await look();

    expect(residency).toEqual({ onGoogleCloud: true, reason: `the metadata server answers at ${server.host}` });
    expect(server.seen.map((request) => request.path)).toEqual(['/']);
    expect(server.seen[0]?.headers).toMatchObject({
      'metadata-flavor': 'Google',
      'x-goog-api-client': expect.stringMatching(/ auth-request-type\/mds$/),
    });
  });

  it.each([
    ['that does not sign', { flavor: null }],
    ['of another cloud', { flavor: 'Amazon' }],
    ['that refuses', { status: 403 }],
    ['that redirects', { status: 302, flavor: null }],
  ])('F10 does not believe a server %s', async (_, reply) => {
    await using server = await aMetadataServer(() => reply);

    const residency = await look();

    expect(residency).toEqual({ onGoogleCloud: false, reason: expect.stringContaining(server.host) });
    expect(server.seen).toHaveLength(1);
  });

  it('tells of a server that is unavailable for now that it may be there later', async () => {
    await using _server = await aMetadataServer(() => ({ status: 503 }));
    vi.stubEnv('GCE_METADATA_DETECT_RETRIES', '1');

    expect(await look()).toMatchObject({ onGoogleCloud: false, retryable: true });
  });

  it('never goes through a proxy', async () => {
    await using _server = await aMetadataServer(() => ({}));
    await using proxy = await startConnectProxy();
    vi.stubEnv('HTTP_PROXY', proxy.url);
    vi.stubEnv('http_proxy', proxy.url);

    const residency = await look();

    expect(residency.onGoogleCloud).toBe(true);
    expect(proxy.targets).toEqual([]);
  });

  it('is sent as often as GCE_METADATA_DETECT_RETRIES says, where there is no connection', async () => {
    const clock = manualClock();
    vi.stubEnv('GCE_METADATA_IP', '127.0.0.1:1');
    vi.stubEnv('GCE_METADATA_DETECT_RETRIES', '2');
    let pings = 0;
    const request: Transport = () => {
      pings += 1;
      return Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }));
    };
    const looking = look({ clock, request });

    await clock.advance(3_000);

    expect(await looking).toEqual({
      onGoogleCloud: false,
      reason: 'no metadata server answers at 127.0.0.1:1 (network_failed)',
      retryable: true,
    });
    expect(pings).toBe(2);
  });

  it.each([
    ['GCE_METADATA_IP', { GCE_METADATA_IP: 'http://127.0.0.1/', GCE_METADATA_HOST: '127.0.0.1:1' }],
    ['GCE_METADATA_HOST', { GCE_METADATA_HOST: 'http://127.0.0.1/', GCE_METADATA_ROOT: '127.0.0.1:1' }],
    ['GCE_METADATA_ROOT', { GCE_METADATA_ROOT: 'http://127.0.0.1/' }],
  ])('is not sent where %s is no address, which is told', async (variable, environment) => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    let pings = 0;

    const residency = await look({ request: () => Promise.reject(new Error(String((pings += 1)))) });

    expect(residency).toEqual({ onGoogleCloud: false, reason: `${variable} is no address, with or without a port` });
    expect(pings).toBe(0);
  });
});

describe('F1 off Google Cloud', () => {
  it('a server that never answers is given up after three seconds in all', async () => {
    const clock = manualClock();
    await using server = await startFaultyServer();
    const hanging: Transport = (request) => gaxiosTransport({ clock })({ ...request, url: `${server.url}/hang` });
    vi.stubEnv('GCE_METADATA_IP', '127.0.0.1:2');
    let residency: unknown;
    const arrival = server.arrival();
    const looking = look({ clock, request: hanging }).then((found) => (residency = found));
    await arrival;
    await clock.advance(2_799);
    const before = residency;

    await clock.advance(1);
    await looking;

    expect(before).toBeUndefined();
    expect(residency).toEqual({
      onGoogleCloud: false,
      reason: 'no metadata server answers at 127.0.0.1:2 within 2.8 s',
      retryable: true,
    });
  });

  it('an address that swallows everything is given up in the time of GCE_METADATA_TIMEOUT', async () => {
    const silent = createServer();
    onTestFinished(() => void silent.close());
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    vi.stubEnv('GCE_METADATA_IP', `127.0.0.1:${String((silent.address() as AddressInfo).port)}`);
    vi.stubEnv('GCE_METADATA_TIMEOUT', '0.1');

    const residency = await look();

    expect(residency).toMatchObject({ onGoogleCloud: false, reason: expect.stringMatching(/within 0\.1 s$/) });
  });

  it('a transport that hears no deadline does not hold anybody', async () => {
    const clock = manualClock();
    vi.stubEnv('GCE_METADATA_IP', '127.0.0.1:3');
    vi.stubEnv('GCE_METADATA_TIMEOUT', '5');
    const looking = look({ clock, request: () => new Promise(() => undefined) });

    await clock.advance(5_000);

    expect(await looking).toMatchObject({ onGoogleCloud: false });
  });
});

it('F82 the process is held while somebody waits to hear where it runs, and no longer', async () => {
  const clock = manualClock();
  vi.stubEnv('GCE_METADATA_IP', '127.0.0.1:7');

  const held = await whetherHeld(
    () => look({ clock, request: () => new Promise(() => undefined) }),
    () => clock.advance(3_000),
  );

  expect(held).toEqual([true, false]);
});

describe('NO_GCE_CHECK', () => {
  it('forbids to look, even where a yes is remembered, and is read at each call', async () => {
    await using server = await aMetadataServer(() => ({}));
    await look();
    vi.stubEnv('NO_GCE_CHECK', 'true');

    const forbidden = await look();
    vi.stubEnv('NO_GCE_CHECK', undefined);
    const allowed = await look();

    expect(forbidden).toEqual({ onGoogleCloud: false, reason: 'NO_GCE_CHECK is "true"' });
    expect(allowed.onGoogleCloud).toBe(true);
    expect(server.seen).toHaveLength(1);
  });
});

describe('what is remembered', () => {
  it('is a yes, by address', async () => {
    await using first = await aMetadataServer(() => ({}));
    await look();
    await look();
    await using second = await aMetadataServer(() => ({}));
    await look();

    expect(first.seen).toHaveLength(1);
    expect(second.seen).toHaveLength(1);
  });

  it('is never a no: a server that comes up late is found', async () => {
    let up = false;
    await using server = await aMetadataServer(() => (up ? {} : { status: 404 }));
    const early = await look();
    up = true;

    const late = await look();

    expect([early.onGoogleCloud, late.onGoogleCloud]).toEqual([false, true]);
    expect(server.seen).toHaveLength(2);
  });

  it('F27 callers at once share one ping, and F55 one of them may leave', async () => {
    await using server = await aMetadataServer(() => ({}));
    const leaving = new AbortController();
    const left = look({ signal: leaving.signal });
    const others = Array.from({ length: 100 }, () => look());

    leaving.abort('gone');

    await expect(left).rejects.toBe('gone');
    expect(new Set(await Promise.all(others)).size).toBe(1);
    expect(server.seen).toHaveLength(1);
  });

  it('F82 is for those who look through the same transport: what somebody else’s says convinces nobody', async () => {
    vi.stubEnv('GCE_METADATA_IP', '127.0.0.1:5');
    const clock = manualClock();
    const pretending: Transport = () => Promise.resolve(httpAnswer(200, '', { 'metadata-flavor': 'Google' }));
    const refusing: Transport = () => Promise.resolve(httpAnswer(404, '', {}));

    const [mine, theirs] = [await look({ request: pretending, clock }), await look({ request: refusing, clock })];

    expect([mine.onGoogleCloud, theirs.onGoogleCloud]).toEqual([true, false]);
  });

  it('F82 waits for nobody else’s transport, and by nobody else’s clock', async () => {
    vi.stubEnv('GCE_METADATA_IP', '127.0.0.1:6');
    const answering: Transport = () => Promise.resolve(httpAnswer(200, '', { 'metadata-flavor': 'Google' }));
    let release: (() => void) | undefined;
    const waiting: Transport = async (request) => {
      await new Promise<void>((resolve) => (release = resolve));
      return await answering(request);
    };
    const stopped = look({ request: waiting, clock: manualClock() });

    const others = await Promise.all([
      look({ request: answering }),
      look({ request: answering, clock: manualClock() }),
    ]);

    expect(others.map(({ onGoogleCloud }) => onGoogleCloud)).toEqual([true, true]);
    release?.();
    await stopped;
  });

  it('a caller that has left already sends nothing', async () => {
    await using server = await aMetadataServer(() => ({}));

    await expect(look({ signal: AbortSignal.abort('gone') })).rejects.toBe('gone');

    expect(server.seen).toEqual([]);
  });
});

describe('the name of the machine', () => {
  const named = async (name: string, platform: string) => {
    const product = path.join(mkdtempSync(path.join(tmpdir(), 'credence-dmi-')), 'product_name');
    writeFileSync(product, name);
    await using _server = await aMetadataServer(() => ({ status: 500 }));
    vi.stubEnv('GCE_METADATA_DETECT_RETRIES', '1');
    const residency = await detectGoogleCloud({ productNameFile: product, platform });
    rmSync(path.dirname(product), { recursive: true });
    return residency;
  };

  it('is Google’s on its machines, where the server does not answer', async () => {
    expect(await named('Google Compute Engine\n', 'linux')).toEqual({
      onGoogleCloud: true,
      reason: 'the machine is a "Google Compute Engine"',
    });
    expect((await named('  Google\n', 'linux')).onGoogleCloud).toBe(true);
  });

  it('is another elsewhere', async () => {
    expect((await named('Standard PC (not Google)', 'linux')).onGoogleCloud).toBe(false);
  });

  it.each(['win32', 'darwin', 'freebsd'])('is not asked for on %s', async (platform) => {
    expect((await named('Google Compute Engine', platform)).onGoogleCloud).toBe(false);
  });
});

it('a request that is none is refused', async () => {
  vi.stubEnv('GCE_METADATA_IP', '127.0.0.1:4');

  await expect(look({ request: 7 as never })).rejects.toThrow(TypeError);
});
