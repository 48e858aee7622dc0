/** Whether a service account signs its token itself or asks for one: google-auth's table, as one pure function. */
import { DEFAULT_UNIVERSE_DOMAIN } from '../../google/well-known.js';

/** What the decision depends on. */
export interface DecisionInput {
  /** Whether self-signed tokens are wanted wherever they are possible. */
  readonly alwaysUseJwtAccess?: boolean | undefined;
  /** The universe; outside of Google's own there is no token endpoint to ask. */
  readonly universeDomain?: string | undefined;
  /** The user to act for: only the token endpoint can grant that. */
  readonly subject?: string | undefined;
  /** The scopes that the user named. */
  readonly scopes?: readonly string[] | undefined;
  /** The scopes that a library named. */
  readonly defaultScopes?: readonly string[] | undefined;
}

/** `jwt` signs a token with that audience or those scopes; `assertion` asks the token endpoint. */
export type Decision =
  | { readonly way: 'assertion' }
  | { readonly way: 'jwt'; readonly audience: string; readonly scopes: undefined }
  | { readonly way: 'jwt'; readonly audience: undefined; readonly scopes: readonly string[] };

const ASSERTION: Decision = Object.freeze({ way: 'assertion' });

/** How to get the token for an audience, or for none in particular. */
export function decide(input: DecisionInput, audience: string | undefined): Decision {
  const { scopes, defaultScopes } = input;
  if (input.subject !== undefined) return ASSERTION;
  if (scopes !== undefined) return signsAlways(input) ? { way: 'jwt', audience: undefined, scopes } : ASSERTION;
  if (audience !== undefined) return { way: 'jwt', audience, scopes: undefined };
  return signsAlways(input) && defaultScopes !== undefined
    ? { way: 'jwt', audience: undefined, scopes: defaultScopes }
    : ASSERTION;
}

/** Whether each API host gets a token of its own. */
export function isPerAudience(input: DecisionInput): boolean {
  return input.subject === undefined && input.scopes === undefined;
}

/** Whether tokens are self-signed wherever that is possible: by choice, or where nobody can be asked for one. */
export function signsAlways({ alwaysUseJwtAccess, universeDomain = DEFAULT_UNIVERSE_DOMAIN }: DecisionInput): boolean {
  return alwaysUseJwtAccess === true || universeDomain !== DEFAULT_UNIVERSE_DOMAIN;
}
