/** A hundred thousand named tokens: what they weigh beyond their credentials, how they start, and what happens when all of them end at once. */
import { AccessToken, Credentials, TokenSet, type Clock } from 'credence';
import { TokenRegistry, TokenServer } from 'credence/server';
import { heapHeld } from '../measure/bytes.js';
import { inputOf, report } from '../measure/child.js';
import { watchLoop } from '../measure/loop-hold.js';
import { movedClock } from '../measure/moved-clock.js';

/** What becomes of so many names. */
export interface ManyNames {
  /** What one weighs beyond its credentials. */
  readonly bytes: number;
  /** How long all of them took to start. */
  readonly startMs: number;
  /** Timers that are set once all are kept. */
  readonly timers: number;
  /** How long one look at all of them takes where nothing is due. */
  readonly tickMs: number;
  /** How long it took until all had a new token, after all had ended at once. */
  readonly recoveryMs: number;
  /** For how long the event loop was held meanwhile, at the longest. */
  readonly heldMs: number;
  /** Refreshes for each name. */
  readonly refreshes: number;
}

const HOUR_MS = 3_600_000;
const TICKS = 1_000;

/** A source that answers at once, so that nothing but our own work is measured. */
class InstantCredentials extends Credentials {
  static refreshes = 0;
  readonly #clock: Clock;

  constructor(clock: Clock) {
    super({ clock });
    this.#clock = clock;
    Object.freeze(this);
  }

  protected override fetchToken(): Promise<TokenSet> {
    InstantCredentials.refreshes += 1;
    const expiresAt = this.#clock.now() + HOUR_MS;
    return Promise.resolve(
      new TokenSet({ accessToken: new AccessToken(`token-${InstantCredentials.refreshes}`, { expiresAt }) }),
    );
  }

  protected override copy(): this {
    throw new TypeError('Nothing is copied here.');
  }
}

const { names } = inputOf<{ readonly names: number }>();
const clock = movedClock();
const registry = new TokenRegistry();
const start = (name: string, source: Credentials): Promise<TokenServer> =>
  TokenServer.start({ name, source, clock, registry });
// The first one pays for what all of them share.
await start('first', new InstantCredentials(clock)).then((server) => server.refresh());

const sources = Array.from({ length: names }, () => new InstantCredentials(clock));
for (const source of sources) await source.refresh();
const labels = sources.map((_, index) => `name-${index}`);
const before = heapHeld();
const startedAt = performance.now();
for (const [index, source] of sources.entries()) await start(labels[index] ?? '', source);
const startMs = performance.now() - startedAt;
const bytes = (heapHeld() - before) / names;

const tickedAt = performance.now();
for (let tick = 0; tick < TICKS; tick += 1) clock.moveAhead(0);
const tickMs = (performance.now() - tickedAt) / TICKS;
const { timers } = clock;

InstantCredentials.refreshes = 0;
const watch = watchLoop();
const endedAt = performance.now();
clock.moveAhead(HOUR_MS);
while (InstantCredentials.refreshes <= names) await new Promise(setImmediate);
const recoveryMs = performance.now() - endedAt;
const heldMs = watch.stop();
const result: ManyNames = {
  ...{ bytes, startMs, timers, tickMs, recoveryMs, heldMs },
  refreshes: InstantCredentials.refreshes / (names + 1),
};
report(result);
