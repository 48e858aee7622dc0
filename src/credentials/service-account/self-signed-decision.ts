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
  /** Which API the token is for where no URL tells. */
  readonly defaultAudience?: string | undefined;
}

/** `jwt` signs the token; `assertion` asks the token endpoint. */
export type TokenWay = 'assertion' | 'jwt';

/** How the token for no URL in particular is had; `undefined` where there is none. */
export function tokenWay(input: DecisionInput): TokenWay | undefined {
  const { subject, scopes, defaultScopes, defaultAudience } = input;
  if (isPerAudience(input) && defaultAudience !== undefined) return 'jwt';
  if ((scopes ?? defaultScopes) === undefined) return undefined;
  return subject === undefined && signsAlways(input) ? 'jwt' : 'assertion';
}

/** Whether each API host gets a token of its own. */
export function isPerAudience({ subject, scopes }: DecisionInput): boolean {
  return subject === undefined && scopes === undefined;
}

/** Whether tokens are self-signed wherever that is possible: by choice, or where nobody can be asked for one. */
export function signsAlways({ alwaysUseJwtAccess, universeDomain = DEFAULT_UNIVERSE_DOMAIN }: DecisionInput): boolean {
  return alwaysUseJwtAccess === true || universeDomain !== DEFAULT_UNIVERSE_DOMAIN;
}
