/** Counts and records what an emulator was asked, so that tests can say how often and when. */
import type { EmulatorEndpoint } from './fault.js';
import type { RequestRecord } from './request-record.js';

/** A soak test must not fill the memory with records. */
const MAX_RECORDS = 10_000;

/** What an emulator was asked since it started, or since the last {@link EmulatorRequests.reset}. The numbers are live. */
export interface EmulatorRequests {
  /** Requests to the token endpoint, counted as they arrive. */
  readonly token: number;
  /** Requests to the revocation endpoint. */
  readonly revoke: number;
  /** Requests to the token information endpoint. */
  readonly tokenInfo: number;
  /** Requests to the echo API. */
  readonly api: number;
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
export type Counter = EmulatorEndpoint | 'unauthorized' | 'deadTokens' | 'connections';

/** The counters and the log of one emulator. */
export class RequestLog {
  #counts: Record<Counter, number> = noCounts();
  #records: RequestRecord[] = [];

  /** What users see of it. */
  get view(): EmulatorRequests {
    const countOf = (counter: Counter): number => this.#counts[counter];
    const recordsSoFar = (): readonly RequestRecord[] => Object.freeze([...this.#records]);
    return Object.freeze({
      get token() {
        return countOf('token');
      },
      get revoke() {
        return countOf('revoke');
      },
      get tokenInfo() {
        return countOf('tokenInfo');
      },
      get api() {
        return countOf('api');
      },
      get unauthorized() {
        return countOf('unauthorized');
      },
      get deadTokens() {
        return countOf('deadTokens');
      },
      get connections() {
        return countOf('connections');
      },
      get log() {
        return recordsSoFar();
      },
      reset: () => {
        this.#reset();
      },
    });
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
  return { token: 0, revoke: 0, tokenInfo: 0, api: 0, unauthorized: 0, deadTokens: 0, connections: 0 };
}
