import { describe, expect, it } from 'vitest';
import { AnonymousCredentials, ApiKeyCredentials, StaticCredentials, type Credentials } from 'credence';
import { authorizedFetch, type AuthorizedFetchOptions } from 'credence/interop';
import { manualClock } from 'credence/testing';
import { aSource } from '../fixtures/byte-source.js';
import { redirectLoop, redirectTo, served } from '../fixtures/loop.js';
import { aUser, anEmulator } from '../fixtures/user.js';

interface Echo {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly user: string | null;
}

const echo = async (response: Response): Promise<Echo> => (await response.json()) as Echo;

describe('authorizing', () => {
  it('sends the token and the quota project, and keeps what the caller gave', async () => {
    const { emulator, credentials, user } = await aUser({ credentials: { quotaProjectId: 'billing' } });
    const init = Object.freeze({ method: 'POST', body: 'hello', headers: Object.freeze({ 'x-mine': 'yes' }) });

    const response = await authorizedFetch(credentials)(emulator.apiUrl, init);

    expect(response.status).toBe(200);
    const { headers, body, user: who } = await echo(response);
    expect(headers).toMatchObject({ 'x-goog-user-project': 'billing', 'x-mine': 'yes' });
    expect([body, who]).toEqual(['hello', user.email]);
  });

  it('takes a URL object and a Request with its own settings', async () => {
    const { emulator, credentials } = await aUser();
    const fetch = authorizedFetch(credentials);

    const byUrl = await fetch(new URL(emulator.apiUrl));
    const byRequest = await fetch(
      new Request(emulator.apiUrl, { method: 'PUT', body: 'b', headers: { 'x-mine': 'r' } }),
    );

    expect(byUrl.status).toBe(200);
    expect(await echo(byRequest)).toMatchObject({ method: 'PUT', body: 'b', headers: { 'x-mine': 'r' } });
  });

  it('sends the body of a Request with its length, not in chunks', async () => {
    const { emulator, credentials } = await aUser();
    const request = new Request(emulator.apiUrl, { method: 'POST', body: 'hello' });

    const { body, headers } = await echo(await authorizedFetch(credentials)(request));

    expect(body).toBe('hello');
    expect(headers).toMatchObject({ 'content-length': '5', 'content-type': 'text/plain;charset=UTF-8' });
    expect(headers).not.toHaveProperty('transfer-encoding');
  });

  it('sends the body of the Request where that of init is null, as fetch does', async () => {
    const { emulator, credentials } = await aUser();
    const request = new Request(emulator.apiUrl, { method: 'POST', body: 'hello' });

    const { method, body } = await echo(await authorizedFetch(credentials)(request, { body: null }));

    expect([method, body]).toEqual(['POST', 'hello']);
  });

  it('refuses a Request whose body was read before, as fetch does', async () => {
    const { emulator, credentials } = await aUser();
    const request = new Request(emulator.apiUrl, { method: 'POST', body: 'hello' });
    await request.text();

    await expect(authorizedFetch(credentials)(request)).rejects.toThrow(TypeError);
    expect(emulator.requests.api).toBe(0);
  });

  it('refuses to send a token over plain web sockets', async () => {
    const { credentials } = await aUser();

    await expect(authorizedFetch(credentials)('ws://example.com/')).rejects.toMatchObject({ code: 'insecure_target' });
  });

  it('fetches what is here without a token', async () => {
    const { emulator, credentials } = await aUser();
    const blob = URL.createObjectURL(new Blob(['of a blob']));
    const fetch = authorizedFetch(credentials);

    const texts = await Promise.all([blob, 'data:text/plain,data'].map(async (url) => (await fetch(url)).text()));

    URL.revokeObjectURL(blob);
    expect(texts).toEqual(['of a blob', 'data']);
    expect(emulator.requests.token).toBe(0);
  });

  it('takes null for init, as fetch does, and refuses what it refuses', async () => {
    const { emulator, credentials } = await aUser();
    const fetch = authorizedFetch(credentials);

    expect((await fetch(emulator.apiUrl, null as never)).status).toBe(200);
    await expect(fetch(emulator.apiUrl, { redirect: 'bogus' as never })).rejects.toThrow(/bogus/);
    await expect(fetch(undefined as never)).rejects.toThrow(/^Failed to parse URL/);
  });

  it('sends the body of a Request as it comes, and does not wait for its end', async () => {
    const { credentials } = await aUser();
    const source = aSource(['first'], { ends: false });
    const server = await served((request, response) => {
      request.once('data', (chunk: Buffer) => response.end(chunk));
    });

    const response = await authorizedFetch(credentials)(
      new Request(server.url, { method: 'POST', body: source.stream, duplex: 'half' }),
    );

    expect(await response.text()).toBe('first');
    source.end();
    server.close();
  });

  it('gives up the body of a Request that cannot be sent', async () => {
    const source = aSource(['first'], { ends: false });
    const request = new Request('http://127.0.0.1:9/', { method: 'POST', body: source.stream, duplex: 'half' });

    await expect(authorizedFetch(new StaticCredentials('token'))(request)).rejects.toThrow(TypeError);

    expect(source.cancelled).toHaveLength(1);
  });

  it.each<[unknown, unknown, string]>([
    [undefined, {}, '"credentials" must be Credentials'],
    ['token', {}, '"credentials" must be Credentials'],
    [new AnonymousCredentials(), null, '"options" must be an object'],
    [new AnonymousCredentials(), { fetch: null }, '"fetch" must be a function'],
    [new AnonymousCredentials(), { request: 5 }, '"request" must be a transport function or'],
  ])('F82 refuses a wrong argument by its name (%#)', (credentials, options, message) => {
    expect(() => authorizedFetch(credentials as Credentials, options as AuthorizedFetchOptions)).toThrow(
      expect.objectContaining({ name: 'TypeError', message: expect.stringContaining(message) as string }) as Error,
    );
  });

  it('refuses to send a token over plain http to another machine', async () => {
    const { credentials } = await aUser();

    await expect(authorizedFetch(credentials)('http://example.com/')).rejects.toMatchObject({
      code: 'insecure_target',
    });
  });

  it('F55 hears the caller’s abort, while waiting for a token too', async () => {
    const { emulator, credentials } = await aUser({ latencyMs: 2_000 });
    const abort = new AbortController();
    const fetching = authorizedFetch(credentials)(emulator.apiUrl, { signal: abort.signal });

    abort.abort(new Error('enough'));

    await expect(fetching).rejects.toThrow('enough');
  });
});

describe('a 401', () => {
  it('drops the rejected token, gets another, and replays the request once', async () => {
    const { emulator, credentials, user } = await aUser();
    await credentials.refresh();
    emulator.faults.next('api', { status: 401 });

    const response = await authorizedFetch(credentials)(emulator.apiUrl, { method: 'POST', body: 'again' });

    expect(await echo(response)).toMatchObject({ body: 'again', user: user.email });
    expect(emulator.requests.token).toBe(2);
    expect(emulator.requests.api).toBe(2);
  });

  it('replays the body of a Request', async () => {
    const { emulator, credentials } = await aUser();
    await credentials.refresh();
    emulator.faults.next('api', { status: 401 });

    const response = await authorizedFetch(credentials)(
      new Request(emulator.apiUrl, { method: 'POST', body: 'again' }),
    );

    expect(await echo(response)).toMatchObject({ body: 'again' });
    expect(emulator.requests.api).toBe(2);
  });

  it('that comes before the body of a Request has ended is followed by a replay from its beginning', async () => {
    const { credentials } = await aUser();
    const source = aSource(['first '], { ends: false });
    let count = 0;
    const server = await served((request, response) => {
      count += 1;
      if (count === 1) request.once('data', () => response.writeHead(401).end());
      else request.pipe(response);
    });
    server.onRefused(() => {
      source.push('second');
      source.end();
    });

    const response = await authorizedFetch(credentials)(
      new Request(server.url, { method: 'POST', body: source.stream, duplex: 'half' }),
    );

    expect([response.status, await response.text()]).toEqual([200, 'first second']);
    server.close();
  });

  it('is given to the caller where the body of a Request is too large to be held', async () => {
    const { emulator, credentials } = await aUser();
    await credentials.refresh();
    emulator.faults.next('api', { status: 401 });
    const body = new Uint8Array(1024 * 1024 + 1);

    const response = await authorizedFetch(credentials)(new Request(emulator.apiUrl, { method: 'POST', body }));

    expect(response.status).toBe(401);
    expect(emulator.requests.api).toBe(1);
  });

  it('is given to the caller when the second token is rejected too', async () => {
    const { emulator, credentials } = await aUser();
    emulator.faults.always('api', { status: 401 });

    const response = await authorizedFetch(credentials)(emulator.apiUrl);

    expect(response.status).toBe(401);
    expect(emulator.requests.api).toBe(2);
    expect(emulator.requests.token).toBe(2);
  });

  it('F43 for a token older than the held one costs no refresh', async () => {
    const { emulator, credentials } = await aUser();
    await credentials.refresh();
    emulator.faults.next('api', { status: 401 });
    const slow: typeof fetch = async (...request) => {
      const answer = await fetch(...request);
      if (answer.status === 401) await credentials.refresh();
      return answer;
    };

    const response = await authorizedFetch(credentials, { fetch: slow })(emulator.apiUrl);

    expect(response.status).toBe(200);
    expect(emulator.requests.token).toBe(2);
  });

  it('F44 of an API that refuses every token stops costing refreshes', async () => {
    const clock = manualClock();
    const { emulator, credentials } = await aUser({ clock });
    emulator.faults.always('api', { status: 401 });
    const fetch = authorizedFetch(credentials);

    for (let call = 0; call < 20; call += 1) expect((await fetch(emulator.apiUrl)).status).toBe(401);

    expect(emulator.requests.token).toBeLessThanOrEqual(5);
  });

  it('F44 of a token that was accepted before is answered with another, round after round', async () => {
    const clock = manualClock();
    const { emulator, credentials } = await aUser({ clock });
    const fetch = authorizedFetch(credentials);
    const statuses: number[] = [];

    for (let round = 0; round < 6; round += 1) {
      statuses.push((await fetch(emulator.apiUrl)).status);
      emulator.faults.next('api', { status: 401 });
      statuses.push((await fetch(emulator.apiUrl)).status);
    }

    expect(statuses).toEqual(Array.from({ length: 12 }, () => 200));
    expect(emulator.requests.token).toBe(7);
  });

  it('F44 of a part of an API that refuses what its other parts accept stops costing refreshes', async () => {
    const clock = manualClock();
    const { emulator, credentials } = await aUser({ clock });
    const server = await served((request, response) => {
      response.writeHead(request.url === '/closed' ? 401 : 200).end();
    });
    const fetch = authorizedFetch(credentials);

    for (let round = 0; round < 20; round += 1) {
      expect((await fetch(server.url)).status).toBe(200);
      expect((await fetch(`${server.url}closed`)).status).toBe(401);
    }

    expect(emulator.requests.token).toBeLessThanOrEqual(6);
    server.close();
  });

  it('is given to the caller where the body was a stream, which cannot be sent again', async () => {
    const { emulator, credentials } = await aUser();
    await credentials.refresh();
    emulator.faults.next('api', { status: 401 });
    const body = new Blob(['streamed']).stream();

    const response = await authorizedFetch(credentials)(emulator.apiUrl, { method: 'POST', body, duplex: 'half' });

    expect(response.status).toBe(401);
    expect(emulator.requests.api).toBe(1);
    expect(credentials.tokenState).toBe('invalid');
  });

  it('is given to the caller where there is no other token to be had', async () => {
    const emulator = await anEmulator();
    const kinds = [new StaticCredentials('bad'), new AnonymousCredentials(), new ApiKeyCredentials('bad')];

    for (const credentials of kinds) {
      const response = await authorizedFetch(credentials)(emulator.apiUrl);
      expect([400, 401]).toContain(response.status);
    }

    expect(emulator.requests.api).toBe(3);
  });
});

describe('redirects', () => {
  const redirect = (from: string, to: string, status = 307): string =>
    `${from}/redirect?status=${String(status)}&to=${encodeURIComponent(to)}`;

  it('within the origin go with our headers and the body', async () => {
    const { emulator, credentials } = await aUser({ credentials: { quotaProjectId: 'q' } });
    const url = redirect(emulator.url, emulator.apiUrl, 308);

    const response = await authorizedFetch(credentials)(url, { method: 'POST', body: 'kept' });

    expect(await echo(response)).toMatchObject({
      method: 'POST',
      body: 'kept',
      headers: { 'x-goog-user-project': 'q' },
    });
  });

  it('to another origin go with none of them, nor with what the caller used to sign in', async () => {
    const other = await anEmulator();
    const { emulator, credentials } = await aUser({ credentials: { quotaProjectId: 'q' } });
    const url = redirect(emulator.url, other.apiUrl);

    const response = await authorizedFetch(credentials)(url, {
      headers: { cookie: 'c=1', 'x-goog-api-key': 'k', 'x-mine': 'kept' },
    });

    expect(response.status).toBe(401);
    const [record] = other.requests.log;
    expect(record?.headers).not.toHaveProperty('x-goog-user-project');
    expect(other.requests.deadTokens).toBe(0);
  });

  it('back from another origin stay bare: it must not choose what we authorize', async () => {
    const other = await anEmulator();
    const { emulator, credentials } = await aUser();
    const url = redirect(emulator.url, redirect(other.url, emulator.apiUrl));

    const response = await authorizedFetch(credentials)(url);

    expect(response.status).toBe(401);
    expect(emulator.requests.deadTokens).toBe(0);
  });

  it.each([301, 302, 303])('%i turns a POST into a GET without a body', async (status) => {
    const { emulator, credentials } = await aUser();
    const url = redirect(emulator.url, emulator.apiUrl, status);

    const response = await authorizedFetch(credentials)(url, {
      method: 'POST',
      body: 'gone',
      headers: { 'content-type': 'text/plain' },
    });

    const answer = await echo(response);
    expect(answer).toMatchObject({ method: 'GET', body: '' });
    expect(answer.headers).not.toHaveProperty('content-type');
  });

  it('show in the answer, and in its clones', async () => {
    const { emulator, credentials } = await aUser();
    const fetch = authorizedFetch(credentials);

    const [direct, response] = [await fetch(emulator.apiUrl), await fetch(redirect(emulator.url, emulator.apiUrl))];

    expect([direct.redirected, direct.url]).toEqual([false, emulator.apiUrl]);
    expect([response.redirected, response.url]).toEqual([true, emulator.apiUrl]);
    expect([response.clone().redirected, response.clone().url]).toEqual([true, emulator.apiUrl]);
    expect(await echo(response.clone().clone())).toMatchObject({ method: 'GET' });
  });

  it('send the body of a Request again, as much of it as there is', async () => {
    const { emulator, credentials } = await aUser();
    const source = aSource(['kept'], { ends: false });
    const request = new Request(redirect(emulator.url, emulator.apiUrl), {
      method: 'POST',
      body: source.stream,
      duplex: 'half',
    });
    const fetching = authorizedFetch(credentials)(request);
    source.push(' whole');
    source.end();

    expect(await echo(await fetching)).toMatchObject({ body: 'kept whole' });
  });

  it('without end are given up after twenty', async () => {
    const { credentials } = await aUser();
    const loop = await redirectLoop();

    await expect(authorizedFetch(credentials)(loop.url)).rejects.toThrow(/more than 20 times/);

    expect(loop.count()).toBe(21);
    loop.close();
  });

  it.each(['http://[', 'file:///etc/passwd', 'http://u:hunter2@[::1]/'])(
    'to %s are refused, and hold no connection',
    async (location) => {
      const { credentials } = await aUser();
      const server = await redirectTo(location);

      await expect(authorizedFetch(credentials)(server.url)).rejects.toThrow(/^redirected to (?!.*hunter2)/);

      await server.left;
      server.close();
    },
  );

  it('are not followed with "manual", and refused with "error"', async () => {
    const { emulator, credentials } = await aUser();
    const url = redirect(emulator.url, emulator.apiUrl);

    expect((await authorizedFetch(credentials)(url, { redirect: 'manual' })).status).toBe(307);
    await expect(authorizedFetch(credentials)(url, { redirect: 'error' })).rejects.toThrow(TypeError);
  });
});
