/** Counts and records what an emulator was asked, so that tests can say how often and when. */
import type { EmulatorEndpoint } from '../faults/fault.js';
import { ENDPOINTS } from '../faults/fault.js';
import type { RequestRecord } from './request-record.js';

/** A soak test must not fill the memory with records. */
const MAX_RECORDS = 10_000;

/** What an emulator was asked since it started, or since the last {@link EmulatorRequests.reset}. The numbers are live. */
export interface EmulatorRequests {
  /** All requests, metadata servers and unknown paths included. */
  readonly total: number;
  /** Requests to the token endpoint, counted as they arrive. */
  readonly token: number;
  /** Requests to the revocation endpoint. */
  readonly revoke: number;
  /** Requests to the token information endpoint. */
  readonly tokenInfo: number;
  /** Requests to the echo API. */
  readonly api: number;
  /** Requests for the public keys: the JWK sets and the maps of certificates. */
  readonly certs: number;
  /** Calls of the IAM method `signBlob`. */
  readonly signBlob: number;
  /** Calls of the IAM method `signJwt`. */
  readonly signJwt: number;
  /** Calls of the IAM method `generateIdToken`. */
  readonly generateIdToken: number;
  /** Calls of the IAM method `generateAccessToken`. */
  readonly generateAccessToken: number;
  /** Requests to the root of a metadata server, by which clients find out whether there is one. */
  readonly metadataPing: number;
  /** Requests to a metadata server for an access token. */
  readonly metadataToken: number;
  /** Requests to a metadata server for an ID token. */
  readonly metadataIdentity: number;
  /** All other requests to a metadata server. */
  readonly metadata: number;
  /** Requests that the echo API answered with 401. */
  readonly unauthorized: number;
  /** Requests to the echo API with a bearer token that was expired, revoked or never issued. */
  readonly deadTokens: number;
  /** Connections that were opened. */
  readonly connections: number;
  /** The last 10,000 requests, oldest first, each frozen. */
  readonly log: readonly RequestRecord[];
  /** Sets every number to zero and empties the log. */
  reset(): void;
}

/** What is counted. */
export type Counter = EmulatorEndpoint | 'total' | 'unauthorized' | 'deadTokens' | 'connections';

const COUNTERS: readonly Counter[] = [...ENDPOINTS, 'total', 'unauthorized', 'deadTokens', 'connections'];

/** The counters and the log of one emulator. */
export class RequestLog {
  #counts: Record<Counter, number> = noCounts();
  #records: RequestRecord[] = [];

  /** What users see of it. */
  get view(): EmulatorRequests {
    const counts = noCounts();
    for (const counter of COUNTERS) {
      Object.defineProperty(counts, counter, { get: () => this.#counts[counter], enumerable: true });
    }
    const view: EmulatorRequests = Object.assign(counts, { log: [], reset: () => this.#reset() });
    Object.defineProperty(view, 'log', { get: () => Object.freeze([...this.#records]), enumerable: true });
    return Object.freeze(view);
  }

  /** Counts one more. */
  count(counter: Counter): void {
    this.#counts[counter] += 1;
  }

  /** Keeps a record, and lets the oldest go where there are too many. */
  add(record: RequestRecord): void {
    if (this.#records.length >= MAX_RECORDS) this.#records.shift();
    this.#records.push(record);
  }

  #reset(): void {
    this.#counts = noCounts();
    this.#records = [];
  }
}

function noCounts(): Record<Counter, number> {
  const oauth = { token: 0, revoke: 0, tokenInfo: 0, certs: 0 };
  const iam = { signBlob: 0, signJwt: 0, generateIdToken: 0, generateAccessToken: 0 };
  const machine = { metadataPing: 0, metadataToken: 0, metadataIdentity: 0, metadata: 0 };
  return { ...oauth, ...iam, ...machine, api: 0, total: 0, unauthorized: 0, deadTokens: 0, connections: 0 };
}
