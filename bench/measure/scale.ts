/** How much is measured: enough for a figure one can quote, or just enough to see that every row still runs. */

/** The counts of one run of the benchmark. */
export interface Scale {
  /** Child processes per microbenchmark, each with a fresh JIT. */
  readonly processes: number;
  /** Interleaved rounds inside one process. */
  readonly rounds: number;
  /** Calls in one round. */
  readonly calls: number;
  /** Process starts per figure. */
  readonly starts: number;
  /** Callers who come at once. */
  readonly callers: number;
  /** Objects whose memory is weighed. */
  readonly objects: number;
  /** Token round trips in one round. */
  readonly trips: number;
  /** How long an endpoint refuses or hangs, in milliseconds. */
  readonly outageMs: number;
  /** Tokens signed at once. */
  readonly signatures: number;
  /** Audiences that are held at once. */
  readonly audiences: number;
  /** Requests within one life of gcloud's token. */
  readonly requests: number;
  /** Named tokens that are kept at once. */
  readonly names: number;
  /** How long callers call at full speed, in milliseconds. */
  readonly servedMs: number;
  /** How long their endpoint is down: for less than a token's life of two seconds, in milliseconds. */
  readonly shortOutageMs: number;
  /** And for longer than that. */
  readonly longOutageMs: number;
  /** How long the metadata server is looked for, in milliseconds; left out for as long as by default. */
  readonly deadlineMs?: number;
}

/** For figures. */
export const FULL: Scale = {
  processes: 5,
  rounds: 40,
  calls: 20_000,
  starts: 21,
  callers: 10_000,
  objects: 10_000,
  trips: 75,
  outageMs: 4_000,
  signatures: 1_000,
  audiences: 100_000,
  requests: 1_000,
  names: 100_000,
  servedMs: 60_000,
  shortOutageMs: 1_800,
  longOutageMs: 8_000,
};

/** For a smoke test. */
export const QUICK: Scale = {
  processes: 1,
  rounds: 2,
  calls: 500,
  starts: 1,
  callers: 200,
  objects: 300,
  trips: 3,
  outageMs: 300,
  signatures: 20,
  audiences: 400,
  requests: 20,
  names: 300,
  servedMs: 2_500,
  shortOutageMs: 1_000,
  longOutageMs: 2_500,
  deadlineMs: 100,
};
