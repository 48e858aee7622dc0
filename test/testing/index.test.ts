import { describe, expect, test } from 'vitest';
import * as testing from '../../src/testing/index.js';
import { createGcloudStandIn, manualClock, startEmulator, type Emulator } from '../../src/testing/index.js';
import { anEmulator } from './emulator-client.js';

/** Every function of the kit that takes options, called with anything in their place. */
const CALLS: Readonly<Record<string, (emulator: Emulator, options: never) => unknown>> = {
  startEmulator: (_, options) => startEmulator(options),
  manualClock: (_, options) => manualClock(options),
  createGcloudStandIn: (_, options) => createGcloudStandIn(options),
  'gcloud.configure': (_, options) => {
    using gcloud = createGcloudStandIn();
    gcloud.configure(options);
  },
  configure: (emulator, options) => {
    emulator.configure(options);
  },
  authorizedUser: (emulator, options) => emulator.authorizedUser(options),
  serviceAccount: (emulator, options) => emulator.serviceAccount(options),
  client: (emulator, options) => emulator.client(options),
  metadata: (emulator, options) => emulator.metadata(options),
  idToken: (emulator, options) => emulator.idToken(options),
  rotateKeys: (emulator, options) => emulator.rotateKeys(options),
  'faults.next': (emulator, options) => {
    emulator.faults.next('token', { status: 503 }, options);
  },
  'faults.always': (emulator, fault) => {
    emulator.faults.always('token', fault);
  },
};

test('the test kit exports the emulator, the stand-in for gcloud and the clock', () => {
  expect(Object.keys(testing).toSorted()).toEqual(['createGcloudStandIn', 'manualClock', 'startEmulator']);
});

describe.each(Object.entries(CALLS))('%s', (_, call) => {
  test.each([[null], ['x'], [5], [[]]])('refuses %j in the place of its options', async (options) => {
    const emulator = await anEmulator();

    const thrown = await thrownBy(() => call(emulator, options as never));

    expect(thrown).toBeInstanceOf(TypeError);
    expect(String(thrown)).toMatch(/^TypeError: "(?:options|settings|fault)" must be a plain object$/);
  });

  test('refuses an option that there is none of, and says which there are', async () => {
    const emulator = await anEmulator();

    const thrown = await thrownBy(() => call(emulator, { emial: 'a@example.com' } as never));

    expect(thrown).toBeInstanceOf(TypeError);
    expect(String(thrown)).toMatch(/^TypeError: "(?:options|settings|fault)" must not hold "emial": it takes \w+/);
  });
});

test('an ID token has to be for somebody', async () => {
  const emulator = await anEmulator();
  const idToken = emulator.idToken as (options?: object) => Promise<string>;

  await expect(idToken()).rejects.toThrow(new TypeError('"options" must be a plain object'));
  await expect(idToken({})).rejects.toThrow(new TypeError('"audience" must be a non-empty string'));
});

test('tokens are minted for lists of scopes alone', async () => {
  const emulator = await anEmulator();
  const { user } = await emulator.authorizedUser();
  const { account } = await emulator.serviceAccount();

  for (const { mint } of [user, account, emulator.client()]) {
    expect(() => mint('read' as never)).toThrow(new TypeError('"scopes" must be an array of strings without spaces'));
  }
});

async function thrownBy(call: () => unknown): Promise<unknown> {
  try {
    await call();
    return undefined;
  } catch (error) {
    return error;
  }
}
