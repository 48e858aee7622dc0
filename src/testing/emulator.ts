/** Google's token endpoint and what belongs to it, on the loopback interface: for tests, samples and demonstrations. */
import { setMaxListeners } from 'node:events';
import { requireClock } from '../base/clock-check.js';
import type { Clock } from '../base/clock.js';
import { CredentialFiles } from './accounts/credential-files.js';
import type { EmulatorIssuers } from './accounts/issuers.js';
import { issuersOf } from './accounts/issuers.js';
import { requireBoolean, requireNumber } from './arguments.js';
import { requireOpen } from './closing.js';
import type { EmulatorFaults } from './faults/fault-plan.js';
import { FaultPlan } from './faults/fault-plan.js';
import { seededRandom } from './faults/seeded-random.js';
import { startServer } from './http/emulated-server.js';
import type { LoopbackServer } from './http/loopback-server.js';
import { PATHS } from './http/paths.js';
import type { EmulatorRequests } from './http/request-log.js';
import { routesOf } from './http/routes.js';
import type { Checks } from './option-reading.js';
import { readOptions } from './option-reading.js';
import { Realm } from './realm.js';
import type { EmulatorSettings } from './settings.js';
import { DEFAULT_SETTINGS, readSettings, SETTING_CHECKS } from './settings.js';

/** How an emulator is started. */
export interface EmulatorOptions extends EmulatorSettings {
  /**
   * The clock that token lifetimes are judged by. Give the same `manualClock()` to the emulator and to the code under test.
   * @default the system's clock
   */
  readonly clock?: Clock;
  /**
   * Seed of the faults that strike by chance.
   * @default 1
   */
  readonly seed?: number;
}

/** A running emulator. */
export interface Emulator extends EmulatorIssuers, AsyncDisposable {
  /** Where it listens, such as `http://127.0.0.1:40123`. */
  readonly url: string;
  /** The token endpoint. */
  readonly tokenUri: string;
  /** The revocation endpoint. */
  readonly revokeUri: string;
  /** The token information endpoint. */
  readonly tokenInfoUri: string;
  /** The JWK set of the keys that ID tokens are signed with. */
  readonly jwksUri: string;
  /** The certificates of the same keys. */
  readonly certsUri: string;
  /** The IAM credentials API: the methods are at `${iamUrl}/EMAIL:signBlob` and so on. */
  readonly iamUrl: string;
  /** The echo API; every path below it is served too. */
  readonly apiUrl: string;
  /** The API key that the echo API takes as `x-goog-api-key`. */
  readonly apiKey: string;
  /** What the emulator was asked. */
  readonly requests: EmulatorRequests;
  /** Makes endpoints fail. */
  readonly faults: EmulatorFaults;
  /** Changes settings from now on. */
  configure(settings: EmulatorSettings): void;
  /** Begins an outage, in which connections are refused and those open are destroyed, or ends it on the same port. */
  outage(on: boolean): Promise<void>;
  /** Stops at once, whatever requests are waiting, and removes the credential files. */
  close(): Promise<void>;
}

const CHECKS: Checks<EmulatorOptions> = {
  ...SETTING_CHECKS,
  clock: (name, clock) => {
    requireClock(clock, name);
  },
  seed: requireNumber,
};

/**
 * Starts an emulator on a free port of the loopback interface.
 * @throws TypeError for an option that there is none of, or of the wrong type.
 * @example
 * ```ts
 * await using emulator = await startEmulator({ rotateRefreshTokens: true });
 * const { path, user } = await emulator.authorizedUser({ quotaProjectId: 'my-project' });
 * emulator.faults.next('token', { status: 503, headers: { 'retry-after': '5' } });
 * ```
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { clock, seed = 1, ...settings } = readOptions(options, CHECKS);
  const realm = new Realm(clock ?? Date, readSettings(DEFAULT_SETTINGS, settings));
  const faults = new FaultPlan(seededRandom(seed));
  const closing = new AbortController();
  // Every request that is held back listens to it.
  setMaxListeners(0, closing.signal);
  const server = await startServer({ realm, faults, routeOf: routesOf(realm), closing: closing.signal });
  realm.origin = server.origin;
  return emulatorOf({ realm, faults, servers: [server], files: new CredentialFiles(closing.signal), closing });
}

interface Parts {
  readonly realm: Realm;
  readonly faults: FaultPlan;
  /** The first is the emulator's own; the others are metadata servers. */
  readonly servers: [LoopbackServer, ...LoopbackServer[]];
  readonly files: CredentialFiles;
  readonly closing: AbortController;
}

function emulatorOf({ realm, faults, servers, files, closing }: Parts): Emulator {
  const close = async (): Promise<void> => {
    closing.abort();
    await Promise.all(servers.map((server) => server.close()));
    await files.remove();
  };
  return Object.freeze({
    ...addressesOf(realm.origin),
    get apiKey() {
      return realm.apiKey;
    },
    requests: realm.requests.view,
    faults: faults.view,
    ...issuersOf({ realm, faults, servers, files, closing: closing.signal }),
    configure: (settings: EmulatorSettings) => {
      realm.settings = readSettings(realm.settings, settings);
    },
    outage: async (on: boolean) => {
      requireOpen(closing.signal);
      await (requireBoolean('on', on) ? servers[0].close() : servers[0].open());
    },
    close,
    [Symbol.asyncDispose]: close,
  });
}

type Address = 'url' | 'tokenUri' | 'revokeUri' | 'tokenInfoUri' | 'apiUrl' | 'jwksUri' | 'certsUri' | 'iamUrl';

function addressesOf(url: string): Pick<Emulator, Address> {
  return {
    url,
    tokenUri: `${url}${PATHS.token}`,
    revokeUri: `${url}${PATHS.revoke}`,
    tokenInfoUri: `${url}${PATHS.tokenInfo}`,
    apiUrl: `${url}${PATHS.api}`,
    jwksUri: `${url}${PATHS.jwks}`,
    certsUri: `${url}${PATHS.certs}`,
    iamUrl: `${url}${PATHS.serviceAccounts}`,
  };
}
