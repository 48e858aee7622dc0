import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { startEmulator, type Emulator } from 'credence/testing';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const running: Emulator[] = [];

/** An idle connection is kept for four seconds; whatever else could hold a process does so for longer, or again and again. */
const AT_ONCE_MS = 3_000;

afterEach(async () => {
  await Promise.all(running.splice(0).map((emulator) => emulator.close()));
});

async function anEmulator(...[options]: Parameters<typeof startEmulator>): Promise<Emulator> {
  const emulator = await startEmulator(options);
  running.push(emulator);
  return emulator;
}

interface Ended {
  readonly code: number | null;
  readonly output: string;
  /** From the line "done" to the end of the process. */
  readonly lingeredMs: number;
}

/** Runs a script against the built package, the path of a credential file in `path`. */
function run(script: string, path: string): Promise<Ended> {
  const source = `import { Credentials, fetchTransport, systemClock, UserCredentials } from 'credence'; const path = ${JSON.stringify(path)}; ${script}; console.log('done');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], { cwd: ROOT });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  let doneAt = 0;
  const read = (chunk: Buffer): void => {
    output += chunk.toString();
    if (doneAt === 0 && output.includes('done')) doneAt = performance.now();
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  return new Promise((resolve) => {
    child.on('close', (code) => {
      resolve({ code, output, lingeredMs: performance.now() - doneAt });
    });
  });
}

const STALE = `
  const info = await UserCredentials.fromAuthorizedUserFile(path);
  const credentials = new UserCredentials({
    token: 'held', expiry: new Date(Date.now() + 100_000), refreshToken: info.refreshToken,
    clientId: info.clientId, clientSecret: info.clientSecret, tokenUri: info.tokenUri,
  });
  credentials.tryApply({})`;

/** A clock on which a minute is 0.6 s. */
const FAST = `
  const clock = {
    now: () => Date.now(),
    monotonic: () => performance.now() * 100,
    schedule: (delayMs, run) => systemClock.schedule(delayMs / 100, run),
    sleep: (ms, signal) => systemClock.sleep(ms / 100, signal),
  };
  const never = () => new Promise(() => {});`;

/** A kind whose source never answers. */
const SILENT = `
  class Silent extends Credentials {
    constructor(options) { super(options); }
    fetchToken() { return new Promise(() => {}); }
    copy() { return this; }
  }`;

describe('a process', () => {
  it.each([
    ['a refresh handler', 'new UserCredentials({ clock, refreshHandler: never }).refresh()'],
    ['the fetchToken of a kind', 'new Silent({ clock }).refresh()'],
    [
      'the fetchToken of a kind',
      "new Silent({ clock }).beforeRequest(undefined, 'GET', 'https://api.example.com/', {})",
    ],
    [
      'a transport',
      "new UserCredentials({ clock, refreshToken: 'r', clientId: 'c', clientSecret: 's', tokenUri: 'https://oauth2.googleapis.com/token' }).refresh(never)",
    ],
    [
      "revoke()'s transport",
      "new UserCredentials({ clock, refreshToken: 'r', revokeUri: 'https://a.example/' }).revoke(never)",
    ],
  ])('F82 hears that %s never answers, where it waits for that alone: %s', async (_, call) => {
    const ended = await run(`${FAST} ${SILENT} await ${call}.catch((error) => console.log(error.code))`, '');

    expect(ended).toMatchObject({ code: 0, output: 'timed_out\ndone\n' });
  });

  it('F31 F82 gets its token where the hook that is to save it never answers', async () => {
    const emulator = await anEmulator({ rotateRefreshTokens: true });
    const { path } = await emulator.authorizedUser();
    const script = `
      let speed = 1;
      const clock = { ...systemClock, schedule: (delayMs, run) => systemClock.schedule(delayMs / speed, run) };
      const transport = async (request) => {
        const answer = await fetchTransport()(request);
        speed = 100;
        return answer;
      };
      const options = { clock, transport, onTokens: () => new Promise(() => {}) };
      const credentials = await UserCredentials.fromAuthorizedUserFile(path, undefined, options);
      await credentials.refresh();
      console.log(credentials.unsaved)`;

    const ended = await run(script, path);

    expect(ended).toMatchObject({ code: 0, output: 'true\ndone\n' });
  });

  it.each([
    [
      'nobody waits for',
      "new UserCredentials({ token: 'held', expiry: new Date(Date.now() + 100_000), refreshHandler: never }).tryApply({})",
    ],
    [
      'nobody waits for any more',
      'await new Silent({}).refresh(undefined, { signal: AbortSignal.timeout(50) }).catch(() => undefined)',
    ],
  ])('F54 F55 is not held by a source that never answers, and that %s', async (_, call) => {
    const ended = await run(`${FAST} ${SILENT} ${call}`, '');

    expect(ended).toMatchObject({ code: 0, output: 'done\n' });
    expect(ended.lingeredMs).toBeLessThan(AT_ONCE_MS);
  });

  it('F54 with an idle kept connection exits at once', async () => {
    const emulator = await anEmulator();
    const { path } = await emulator.authorizedUser();

    const ended = await run('await (await UserCredentials.fromAuthorizedUserFile(path)).refresh()', path);

    expect(ended).toMatchObject({ code: 0 });
    expect(ended.lingeredMs).toBeLessThan(AT_ONCE_MS);
  });

  it('F53 F54 whose background refresh was refused exits at once, without an unhandled rejection', async () => {
    const emulator = await anEmulator();
    const { path } = await emulator.authorizedUser();
    emulator.faults.always('token', { status: 503 });

    const ended = await run(`${STALE}; await new Promise((resolve) => setTimeout(resolve, 300))`, path);

    expect(ended).toMatchObject({ code: 0, output: 'done\n' });
    expect(ended.lingeredMs).toBeLessThan(AT_ONCE_MS);
    expect(emulator.requests.token).toBeGreaterThan(0);
  });

  it('F56 is held by a refresh that was sent, so that a rotated refresh token is saved', async () => {
    const emulator = await anEmulator({ rotateRefreshTokens: true, latencyMs: 100 });
    const { path, user } = await emulator.authorizedUser();
    const script = `
      const { subscribe } = await import('node:diagnostics_channel');
      const sent = new Promise((resolve) => subscribe('http.client.request.start', resolve));
      const credentials = await UserCredentials.fromAuthorizedUserFile(path, undefined, { save: true });
      credentials.refresh().then(() => console.log('saved'));
      await sent`;

    const ended = await run(script, path);

    expect(ended).toMatchObject({ code: 0, output: 'done\nsaved\n' });
    expect(await readFile(path, 'utf8')).toContain(user.currentRefreshToken);
  });

  it('F54 is held by a hanging endpoint for that attempt only', async () => {
    const emulator = await anEmulator();
    const { path } = await emulator.authorizedUser();
    emulator.faults.always('token', { hang: true });

    const ended = await run(STALE, path);

    expect(ended.code).toBe(0);
    expect(ended.lingeredMs).toBeLessThan(15_000);
    expect(emulator.requests.token).toBe(1);
  });

  it('that awaits a refresh stays alive between its retries', async () => {
    const emulator = await anEmulator();
    const { path } = await emulator.authorizedUser();
    emulator.faults.next('token', { status: 503 }, { times: 2 });

    const ended = await run('await (await UserCredentials.fromAuthorizedUserFile(path)).refresh()', path);

    expect(ended).toMatchObject({ code: 0, output: 'done\n' });
    expect(emulator.requests.token).toBe(3);
  });

  it('F54 is not held by a save that is to be tried again', async () => {
    const emulator = await anEmulator({ rotateRefreshTokens: true });
    const { path } = await emulator.authorizedUser();
    const script = `
      const credentials = await UserCredentials.fromAuthorizedUserFile(path, undefined, { onTokens: () => Promise.reject(new Error('disk')) });
      await credentials.refresh();
      console.log(credentials.unsaved)`;

    const ended = await run(script, path);

    expect(ended).toMatchObject({ code: 0, output: 'true\ndone\n' });
    expect(ended.lingeredMs).toBeLessThan(AT_ONCE_MS);
  });
});
