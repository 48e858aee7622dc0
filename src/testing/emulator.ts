/** Google's token endpoint and what belongs to it, on the loopback interface: for tests, samples and demonstrations. */
import { setMaxListeners } from 'node:events';
import type { Clock } from '../base/clock.js';
import { requireBoolean, requireNumber } from './arguments.js';
import type { AuthorizedUser, AuthorizedUserOptions } from './authorized-user.js';
import { createAuthorizedUser } from './authorized-user.js';
import { CredentialFiles } from './credential-files.js';
import type { EmulatorFaults } from './fault-plan.js';
import { FaultPlan } from './fault-plan.js';
import { LoopbackServer } from './loopback-server.js';
import { Realm } from './realm.js';
import { handleRequest } from './request-handling.js';
import type { EmulatorRequests } from './request-log.js';
import { PATHS, routesOf } from './routes.js';
import { seededRandom } from './seeded-random.js';
import type { EmulatorSettings } from './settings.js';
import { DEFAULT_SETTINGS, readSettings } from './settings.js';

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
export interface Emulator extends AsyncDisposable {
  /** Where it listens, such as `http://127.0.0.1:40123`. */
  readonly url: string;
  /** The token endpoint. */
  readonly tokenUri: string;
  /** The revocation endpoint. */
  readonly revokeUri: string;
  /** The token information endpoint. */
  readonly tokenInfoUri: string;
  /** The echo API; every path below it is served too. */
  readonly apiUrl: string;
  /** The API key that the echo API takes as `x-goog-api-key`. */
  readonly apiKey: string;
  /** What the emulator was asked. */
  readonly requests: EmulatorRequests;
  /** Makes endpoints fail. */
  readonly faults: EmulatorFaults;
  /** Registers a new user with a client of their own, and writes an `authorized_user` file for them. */
  authorizedUser(options?: AuthorizedUserOptions): Promise<AuthorizedUser>;
  /** Changes settings from now on. */
  configure(settings: EmulatorSettings): void;
  /** Begins an outage, in which connections are refused and those open are destroyed, or ends it on the same port. */
  outage(on: boolean): Promise<void>;
  /** Stops at once, whatever requests are waiting, and removes the credential files. */
  close(): Promise<void>;
}

/**
 * Starts an emulator on a free port of the loopback interface.
 * @example
 * ```ts
 * await using emulator = await startEmulator({ rotateRefreshTokens: true });
 * const { path, user } = await emulator.authorizedUser({ quotaProjectId: 'my-project' });
 * emulator.faults.next('token', { status: 503, headers: { 'retry-after': '5' } });
 * ```
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const realm = new Realm(options.clock ?? Date, readSettings(DEFAULT_SETTINGS, options));
  const faults = new FaultPlan(seededRandom(requireNumber('seed', options.seed ?? 1)));
  const closing = new AbortController();
  // Every request that is held back listens to it.
  setMaxListeners(0, closing.signal);
  const handling = { realm, faults, routeOf: routesOf(realm), closing: closing.signal };
  const server = await LoopbackServer.start({
    onRequest: (message, response) => {
      // It rejects where there is nobody left to answer.
      handleRequest(handling, message, response).catch(() => response.destroy());
    },
    onConnection: () => {
      realm.requests.count('connections');
    },
  });
  realm.origin = server.origin;
  return emulatorOf({ realm, faults, server, closing });
}

interface Parts {
  readonly realm: Realm;
  readonly faults: FaultPlan;
  readonly server: LoopbackServer;
  readonly closing: AbortController;
}

function emulatorOf({ realm, faults, server, closing }: Parts): Emulator {
  const files = new CredentialFiles();
  const url = server.origin;
  const tokenUri = `${url}${PATHS.token}`;
  const close = async (): Promise<void> => {
    closing.abort();
    await server.close();
    await files.remove();
  };
  return Object.freeze({
    url,
    tokenUri,
    revokeUri: `${url}${PATHS.revoke}`,
    tokenInfoUri: `${url}${PATHS.tokenInfo}`,
    apiUrl: `${url}${PATHS.api}`,
    get apiKey() {
      return realm.apiKey;
    },
    requests: realm.requests.view,
    faults: faults.view,
    authorizedUser: (user: AuthorizedUserOptions = {}) => createAuthorizedUser(realm, files, tokenUri, user),
    configure: (settings: EmulatorSettings) => {
      realm.settings = readSettings(realm.settings, settings);
    },
    outage: async (on: boolean) => {
      if (closing.signal.aborted) throw new Error('The emulator is closed.');
      await (requireBoolean('on', on) ? server.close() : server.open());
    },
    close,
    [Symbol.asyncDispose]: close,
  });
}
