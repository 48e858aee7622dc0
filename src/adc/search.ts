/** Looks for default credentials, one place after the other. Nothing is remembered: the next search looks again. */
import { liveSignal } from '../base/live-signal.js';
import { gcloudFile } from './gcloud-file.js';
import { machine } from './machine.js';
import { namedFile } from './named-file.js';
import { faultyPlace, nothingFound } from './nothing-found.js';
import { isFound, type Found, type PassedOver, type Place, type Search } from './place.js';

const PLACES: readonly Place[] = [namedFile, gcloudFile, machine];
const REMEDY =
  'Run `gcloud auth application-default login`, or name a credential file in GOOGLE_APPLICATION_CREDENTIALS (https://cloud.google.com/docs/authentication/set-up-adc).';

/**
 * What the first place holds that holds anything.
 * @throws ConfigurationError `no_credentials` that lists every place, or another code where a place is set up wrongly.
 */
export async function search(looking: Search, places: readonly Place[] = PLACES): Promise<Found> {
  const passed: PassedOver[] = [];
  for (const place of places) {
    const result = await look(place, looking, passed);
    if (isFound(result)) return result;
    passed.push(result);
  }
  throw nothingFound('default credentials', passed, REMEDY);
}

async function look(place: Place, looking: Search, passed: readonly PassedOver[]): Promise<Found | PassedOver> {
  try {
    liveSignal(looking);
    return await place(looking);
  } catch (error) {
    throw faultyPlace(error, passed);
  }
}
