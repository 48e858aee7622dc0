/** A service account: its round trip, its self-signed tokens, and what it weighs. */
import type { KnownAudience } from '../cases/known-audience.js';
import type { Weights } from '../cases/service-account-memory.js';
import type { SignStorm, SignStorms } from '../cases/sign-storm.js';
import { keepAwake } from '../measure/awake.js';
import { inChild, inChildren } from '../measure/child.js';
import type { Timings } from '../measure/interleave.js';
import { startPlainEndpoint } from '../measure/plain-endpoint.js';
import type { Scale } from '../measure/scale.js';
import { median, medianRatio } from '../measure/statistics.js';
import { amountFigure, ratioFigure, type Amount, type Figure, type Row } from '../report/figure.js';

type Who = keyof SignStorms;

const INCUMBENT = 'google-auth-library';
const NS_PER_MS = 1e6;
/** Nothing that a user's process would not have. */
const PLAIN = { flags: [] };
const STORM_ROUNDS = 5;
const KNOWN_AUDIENCE_NS = 3_000;
const LONGEST_MS = 10;
/** A young generation that does not grow: it would be measured as if somebody held it. */
const WEIGHING = { flags: ['--expose-gc', '--min-semi-space-size=1', '--max-semi-space-size=1'] };

/** The rows of a service account. */
export function serviceAccountRows(scale: Scale): readonly Row[] {
  return [
    { name: 'service-account-round-trip', measure: () => roundTrip(scale) },
    { name: 'sign-storm', measure: () => signStorm(scale) },
    { name: 'known-audience', measure: () => knownAudience(scale) },
    { name: 'service-account-memory', measure: () => memory(scale) },
  ];
}

async function roundTrip({ processes, rounds, trips }: Scale): Promise<Figure[]> {
  using _awake = keepAwake();
  using endpoint = await startPlainEndpoint();
  // A signature takes as long as several trips.
  const turns = { rounds, calls: Math.ceil(trips / 3), warmUpRounds: rounds };
  const input = { tokenUri: endpoint.tokenUri, ...turns };
  const runs = await inChildren<Timings<Who>>(processes, 'service-account-round-trip', input, PLAIN);
  const of = (who: Who): number[] => runs.flatMap((run) => run[who].map((ns) => ns / NS_PER_MS));
  const [ours, incumbent, floor] = [of('ours'), of('incumbent'), of('floor')];
  const what = "a service account's round trip, connection kept, processors awake";
  return [
    ratioFigure(
      what,
      ms(ours),
      { ...ms(incumbent), name: INCUMBENT },
      { ratio: medianRatio(ours, incumbent), bar: { atMost: 0.5 } },
    ),
    ratioFigure(
      what,
      ms(ours),
      { ...ms(floor), name: 'crypto.sign and node:http alone' },
      { ratio: medianRatio(ours, floor) },
    ),
  ];
}

async function signStorm({ processes, signatures }: Scale): Promise<Figure[]> {
  const input = { tokens: signatures, rounds: STORM_ROUNDS };
  const runs = await inChildren<SignStorms>(processes, 'sign-storm', input, PLAIN);
  const of = (who: Who, key: keyof SignStorm): number[] => runs.flatMap((run) => run[who].map((storm) => storm[key]));
  const what = `${signatures.toLocaleString('en')} self-signed tokens at once`;
  const [ours, floor, incumbent] = [of('ours', 'elapsedMs'), of('floor', 'elapsedMs'), of('incumbent', 'elapsedMs')];
  const longest = (name: string, key: 'heldMs' | 'statMs'): readonly Figure[] => {
    const [own, theirs] = [of('ours', key), of('incumbent', key)];
    const line = `${what}: longest ${name}`;
    return [
      amountFigure(`${line}, in most storms`, ms(own), { ...ms(theirs), name: INCUMBENT }, { atMost: LONGEST_MS }),
      amountFigure(`${line}, in the worst`, longestMs(own), { ...longestMs(theirs), name: INCUMBENT }),
    ];
  };
  return [
    ratioFigure(
      `${what}: elapsed`,
      ms(ours),
      { ...ms(floor), name: 'crypto.sign, asynchronous' },
      { ratio: medianRatio(ours, floor), bar: { atMost: 1.2 } },
    ),
    ratioFigure(
      `${what}: elapsed`,
      ms(ours),
      { ...ms(incumbent), name: INCUMBENT },
      { ratio: medianRatio(ours, incumbent) },
    ),
    ...longest('time without a turn of the event loop', 'heldMs'),
    ...longest('fs.stat meanwhile', 'statMs'),
  ];
}

async function knownAudience({ audiences, rounds, calls }: Scale): Promise<Figure[]> {
  const { ns, incumbentNs, bytes, growth } = await inChild<KnownAudience>('known-audience', {
    audiences,
    rounds,
    calls,
  });
  const what = `self-signed token for a known audience among ${audiences.toLocaleString('en')}`;
  const [ours, floor] = [median(ns.ours), median(ns.floor)];
  const name = 'google-auth-library, which holds 500';
  return [
    amountFigure(what, inNs(ours), { ...inNs(incumbentNs), name }, { atMost: KNOWN_AUDIENCE_NS }),
    ratioFigure(
      what,
      inNs(ours),
      { ...inNs(floor), name: 'Map.get, awaited' },
      { ratio: medianRatio(ns.ours, ns.floor) },
    ),
    amountFigure(
      'heap with half as many audiences again as are held, over those that are held',
      { value: growth, unit: '×' },
      { value: bytes, unit: 'B', name: 'for each audience' },
      { atMost: 1.1 },
    ),
  ];
}

async function memory({ processes, objects }: Scale): Promise<Figure[]> {
  const weigh = async (who: Who): Promise<Weights[]> =>
    inChildren<Weights>(processes, 'service-account-memory', { who, objects }, WEIGHING);
  const [ours, incumbent, floor] = [await weigh('ours'), await weigh('incumbent'), await weigh('floor')];
  const of = (runs: readonly Weights[], key: keyof Weights): Amount => ({
    value: median(runs.map((run) => run[key])),
    unit: 'B',
  });
  const beside = (key: keyof Weights): Amount & { name: string } => ({ ...of(incumbent, key), name: INCUMBENT });
  const [one, copies] = [
    'memory of a service account with its token',
    `${objects.toLocaleString('en')} copies with one key`,
  ];
  return [
    ratioFigure(one, of(ours, 'heap'), beside('heap'), { bar: { atMost: 0.5 } }),
    ratioFigure(one, of(ours, 'heap'), { ...of(floor, 'heap'), name: 'user, token and expiry alone' }),
    ratioFigure(`${copies}: resident set of the process, for each`, of(ours, 'resident'), beside('resident'), {
      bar: { atMost: 0.5 },
    }),
  ];
}

function longestMs(values: readonly number[]): Amount {
  return { value: Math.max(...values), unit: 'ms' };
}

function ms(values: readonly number[]): Amount {
  return { value: median(values), unit: 'ms' };
}

function inNs(value: number): Amount {
  return { value, unit: 'ns' };
}
