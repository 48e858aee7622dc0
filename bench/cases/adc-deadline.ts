/** Default credentials where there is nothing to be found, and where the address of the metadata server swallows whatever is sent to it. */
import { ConfigurationError, defaultCredentials } from 'credence';
import { GoogleAuth } from 'google-auth-library';
import { inputOf, report } from '../measure/child.js';

/** What becomes of a search that finds nothing. */
export interface AdcDeadline {
  /** From the call to its failure. */
  readonly elapsedMs: number;
  /** How many places the message lists. */
  readonly places: number;
}

const searches: Record<'ours' | 'incumbent', () => Promise<unknown>> = {
  ours: () => defaultCredentials(),
  incumbent: () => new GoogleAuth().getApplicationDefault(),
};

const { who } = inputOf<{ readonly who: keyof typeof searches }>();
const startedAt = performance.now();
const error: unknown = await searches[who]().then(
  () => undefined,
  (reason: unknown) => reason,
);
const elapsedMs = performance.now() - startedAt;
if (!(error instanceof Error)) throw new Error('Something was found.');
if (who === 'ours' && !(error instanceof ConfigurationError && error.code === 'no_credentials')) throw error;
const result: AdcDeadline = { elapsedMs, places: error.message.match(/^ {2}- /gm)?.length ?? 0 };
report(result);
