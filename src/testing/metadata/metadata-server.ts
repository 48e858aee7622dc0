/** The metadata server that every machine of Google has, on a port of its own. */
import type { EmulatedServiceAccount } from '../accounts/emulated-service-account.js';
import { serviceAccountHandle } from '../accounts/emulated-service-account.js';
import { requireBoolean } from '../arguments.js';
import { requireOpen } from '../closing.js';
import { startServer } from '../http/emulated-server.js';
import type { LoopbackServer } from '../http/loopback-server.js';
import type { Handling } from '../http/request-handling.js';
import { machineOf } from './metadata-machine.js';
import type { MetadataOptions } from './metadata-options.js';
import { metadataRoutesOf } from './metadata-routes.js';
import { MetadataTokens } from './metadata-tokens.js';

/** The environment variables by which clients find a metadata server. */
export interface MetadataEnvironment {
  /** Where values are read: host and port. */
  readonly GCE_METADATA_HOST: string;
  /** Where clients find out whether there is a metadata server: the same. */
  readonly GCE_METADATA_IP: string;
}

/** A running metadata server. It ends with its emulator. */
export interface MetadataServer {
  /** Host and port, such as `127.0.0.1:40123`. */
  readonly host: string;
  /** The environment of a process that is to find it. */
  readonly env: MetadataEnvironment;
  /** The attached service accounts; the first is the default. */
  readonly accounts: readonly EmulatedServiceAccount[];
  /** Forgets the tokens that it has at hand, so that the next ones are new. */
  forgetTokens(): void;
  /** Begins an outage of this server alone, or ends it. */
  outage(on: boolean): Promise<void>;
}

/** A metadata server and what it listens with. */
export interface StartedMetadataServer {
  readonly server: LoopbackServer;
  readonly handle: MetadataServer;
}

/** Starts a metadata server on a free port. */
export async function startMetadataServer(
  shared: Omit<Handling, 'routeOf'>,
  options: MetadataOptions,
): Promise<StartedMetadataServer> {
  const { realm } = shared;
  const machine = machineOf(realm, options);
  const tokens = new MetadataTokens(realm, machine);
  const server = await startServer({ ...shared, routeOf: metadataRoutesOf({ realm, machine, tokens }) });
  const host = new URL(server.origin).host;
  const handle = Object.freeze({
    host,
    env: Object.freeze({ GCE_METADATA_HOST: host, GCE_METADATA_IP: host }),
    accounts: Object.freeze(machine.attachments.map(({ account }) => serviceAccountHandle(account, realm))),
    forgetTokens: () => {
      tokens.clear();
    },
    outage: async (on: boolean) => {
      requireOpen(shared.closing);
      await (requireBoolean('on', on) ? server.close() : server.open());
    },
  });
  return { server, handle };
}
