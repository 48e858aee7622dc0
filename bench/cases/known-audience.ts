/** A self-signed token for an audience that is known, among many that are held; and what holding more of them than the bound weighs. */
import type { Signer } from 'credence';
import { ServiceAccountCredentials } from 'credence';
import { heapHeld } from '../measure/bytes.js';
import { inputOf, report } from '../measure/child.js';
import { interleave, type Candidate, type Timings, type Turns } from '../measure/interleave.js';
import { aServiceAccount, incumbentServiceAccount } from './service-account.js';

/** What the parent gives. */
export interface KnownAudienceInput extends Turns {
  /** How many audiences are held. */
  readonly audiences: number;
}

/** What is found. */
export interface KnownAudience {
  readonly ns: Timings<'floor' | 'ours'>;
  /** For one token of the incumbent's, whose cache holds 500. */
  readonly incumbentNs: number;
  /** What one audience that is held weighs. */
  readonly bytes: number;
  /** The heap after half as many audiences more than the bound, over the heap at the bound. */
  readonly growth: number;
}

/** As many as are in flight at once while the cache is filled. */
const BATCH = 1_000;
const INCUMBENT_CALLS = 100;
/** Every that-many-th audience, so that neighbours in time are none in memory; it shares no divisor with the counts. */
const STRIDE = 7_919;

/** The signatures are as long as those of an RSA key, and cost nothing: what is measured is finding the token again. */
const signer: Signer = {
  keyId: undefined,
  algorithm: 'RS256',
  sign: () => Promise.resolve(Buffer.alloc(256, 1)),
};
const { audiences, ...turns } = inputOf<KnownAudienceInput>();
const credentials = new ServiceAccountCredentials({
  signer,
  serviceAccountEmail: 'robot@project.iam.gserviceaccount.com',
  maxAudiences: audiences,
});

const first = audiences / 10;
await hold(0, first);
const empty = heapHeld();
await hold(first, audiences);
const full = heapHeld();
await hold(audiences, audiences * 1.5);
const growth = heapHeld() / full;

// Those that came last are still there.
const urls = Array.from({ length: audiences }, (_, index) => urlOf(audiences / 2 + ((index * STRIDE) % audiences)));
const kept: { last: object } = { last: {} };
const authorizations = new Map(urls.map((url) => [url, `Bearer ${url}`]));

/** Each round goes on where the one before it ended, so that every audience has its turn. */
const next = { floor: 0, ours: 0 };

const floor: Candidate = {
  async run(calls) {
    for (let call = 0; call < calls; call += 1) {
      const headers: Record<string, string> = {};
      await lookUp(urls[next.floor++ % audiences] ?? '', headers);
      kept.last = headers;
    }
  },
};

const mine: Candidate = {
  async run(calls) {
    for (let call = 0; call < calls; call += 1) {
      const headers: Record<string, string> = {};
      await credentials.beforeRequest(undefined, 'GET', urls[next.ours++ % audiences] ?? '', headers);
      kept.last = headers;
    }
  },
};

const ns = await interleave({ floor, ours: mine }, turns);
const result: KnownAudience = {
  ns,
  incumbentNs: await incumbentNs(),
  bytes: (full - empty) / (audiences - first),
  growth,
};
report(result);

async function hold(from: number, to: number): Promise<void> {
  for (let at = from; at < to; at += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, to - at) }, (_, index) => urlOf(at + index));
    await Promise.all(batch.map((url) => credentials.beforeRequest(undefined, 'GET', url, {})));
  }
}

function urlOf(index: number): string {
  return `https://api-${index}.googleapis.com/v1/things`;
}

async function lookUp(url: string, headers: Record<string, string>): Promise<void> {
  const authorization = authorizations.get(url);
  if (authorization !== undefined && Date.now() < Infinity) headers['authorization'] = authorization;
}

/** Of so many audiences the incumbent holds none any more when its turn comes again. */
async function incumbentNs(): Promise<number> {
  const client = incumbentServiceAccount(aServiceAccount());
  await client.getRequestHeaders(urlOf(0));
  const startedAt = performance.now();
  for (let call = 1; call <= INCUMBENT_CALLS; call += 1) await client.getRequestHeaders(urlOf(call));
  return ((performance.now() - startedAt) * 1e6) / INCUMBENT_CALLS;
}
