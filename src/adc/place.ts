/** A place where default credentials may be, and what was found there. */
import type { Credentials } from '../credentials/credentials.js';
import type { RequestLike } from '../transport/transport.js';
import type { LoadedCredentials, LoadOptions } from './loaders.js';

/** With what to look. */
export interface Search {
  /** The options of whoever searches, without the scopes: some kinds must not be given any. */
  readonly load: Readonly<Omit<LoadOptions, 'scopes' | 'defaultScopes'>>;
  /** How to ask the metadata server. */
  readonly request: RequestLike | undefined;
  /** Ends the search. */
  readonly signal: AbortSignal | undefined;
}

/** What was found: credentials, with a project that their place may still have to be asked for. */
export interface Found extends LoadedCredentials<Credentials> {
  /** Asks the place for its project; called only where nothing else names one. */
  readonly findProject?: () => Promise<string | undefined>;
}

/** A place that was looked at and holds nothing. */
export interface PassedOver {
  /** Where: a variable, a file, a server. */
  readonly place: string;
  /** Why it was passed over. */
  readonly reason: string;
  /** Whether it may hold something later with nothing changed. */
  readonly retryable?: boolean | undefined;
}

/** Looks at one place. Whatever is there but set up wrongly is an error, and ends the search. */
export type Place = (search: Search) => Promise<Found | PassedOver>;

/** Whether something was found. */
export function isFound(result: Found | PassedOver): result is Found {
  return 'credentials' in result;
}
