/** Where tokens come from: how long it takes to find nothing, and how often gcloud is run. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AdcDeadline } from '../cases/adc-deadline.js';
import type { GcloudResult } from '../cases/gcloud.js';
import { inChild } from '../measure/child.js';
import type { Scale } from '../measure/scale.js';
import { openSwallowingAddress } from '../measure/swallowing-address.js';
import { amountFigure, type Amount, type Figure, type Row } from '../report/figure.js';

/** GOOGLE_APPLICATION_CREDENTIALS, gcloud's file, the metadata server. */
const PLACES = 3;
const LONGEST_MS = 3_000;
const MOST_RUNS = 2;

/** The rows of sources. */
export function sourceRows(scale: Scale): readonly Row[] {
  return [
    { name: 'adc-deadline', measure: () => adcDeadline(scale) },
    { name: 'gcloud', measure: () => gcloud(scale) },
  ];
}

async function adcDeadline({ deadlineMs }: Scale): Promise<Figure[]> {
  using address = await openSwallowingAddress();
  const home = mkdtempSync(join(tmpdir(), 'credence-bench-'));
  const env = { ...bareEnvironment(home), GCE_METADATA_IP: address.host, ...timeoutOf(deadlineMs) };
  const search = (who: string): Promise<AdcDeadline> =>
    inChild<AdcDeadline>('adc-deadline', { who }, { flags: ['--no-warnings'], env });
  const [ours, incumbent] = [await search('ours'), await search('incumbent')];
  rmSync(home, { recursive: true });
  const what = 'default credentials where there are none, and nothing answers';
  return [
    amountFigure(
      `${what}: until it says so`,
      amount(ours.elapsedMs, 'ms'),
      { ...amount(incumbent.elapsedMs, 'ms'), name: 'google-auth-library' },
      { atMost: LONGEST_MS },
    ),
    amountFigure(
      `${what}: places that the message lists`,
      amount(ours.places),
      { ...amount(incumbent.places), name: 'google-auth-library' },
      { exactly: PLACES },
    ),
  ];
}

async function gcloud({ requests }: Scale): Promise<Figure[]> {
  const { runs, runsWithoutExpiry } = await inChild<GcloudResult>('gcloud', { requests }, { flags: [] });
  const what = `gcloud processes for ${requests.toLocaleString('en')} requests in one life of a token`;
  const beside = { ...amount(requests), name: 'one for each, as by google-auth in Python' };
  return [
    amountFigure(what, amount(runs), beside, { atMost: MOST_RUNS }),
    amountFigure(`${what}: where it tells no expiry`, amount(runsWithoutExpiry), beside, { atMost: MOST_RUNS }),
  ];
}

/** A machine with nothing on it. */
function bareEnvironment(home: string): NodeJS.ProcessEnv {
  const { PATH, TMPDIR } = process.env;
  return { PATH, TMPDIR, HOME: home, CLOUDSDK_CONFIG: home };
}

/** In seconds, as google-auth has it. */
function timeoutOf(deadlineMs: number | undefined): NodeJS.ProcessEnv {
  return deadlineMs === undefined ? {} : { GCE_METADATA_TIMEOUT: String(deadlineMs / 1000) };
}

function amount(value: number, unit: Amount['unit'] = ''): Amount {
  return { value, unit };
}
