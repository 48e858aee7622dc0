/** Tokens that a service account signs itself, without asking anybody (AIP-4111). */
import type { Clock } from '../../base/clock.js';
import { scopesToString } from '../../base/scopes.js';
import { encodeJwt } from '../../jose/jwt.js';
import { KeySigner } from '../../jose/key-signer.js';
import { signingFailed } from '../../jose/signature.js';
import type { Signer } from '../../jose/signer.js';
import { AccessToken } from '../../tokens/access-token.js';
import { cappedExpiry } from '../../tokens/capped-expiry.js';
import { SelfSignedTokenSet } from '../../tokens/self-signed-token-set.js';
import type { TokenSet } from '../../tokens/token-set.js';

/** Google accepts an hour at most. */
export const JWT_LIFETIME_MS = 3_600_000;

/** What a self-signed token says. All of it is spelt out: what is left out might be found on a polluted prototype. */
export interface SelfSignedParts {
  /** Signs it. */
  readonly signer: Signer;
  /** Who issues it. */
  readonly issuer: string;
  /** Who it speaks for. */
  readonly subject: string;
  /** Which API it is for. */
  readonly audience: string | undefined;
  /** The scopes it carries. */
  readonly scopes: readonly string[] | undefined;
  /** Further claims; they win. */
  readonly claims: Readonly<Record<string, unknown>> | undefined;
  /** How long it lives, in milliseconds. */
  readonly lifetimeMs: number | undefined;
}

/** For whom something is signed. */
export interface SigningFlight {
  /** Ends the signing. It is made when it is asked for. */
  readonly signal: AbortSignal;
}

/** Signs one. @throws RefreshError `signing_failed`. */
export async function selfSigned(parts: SelfSignedParts, clock: Clock, flight: SigningFlight): Promise<TokenSet> {
  const { signer, issuer, subject, audience, scopes, claims, lifetimeMs = JWT_LIFETIME_MS } = parts;
  const now = clock.now();
  const { iat, exp } = lifespan(now, lifetimeMs);
  // What is undefined is not said.
  const said = {
    iss: issuer,
    sub: subject,
    iat,
    exp,
    aud: audience,
    scope: scopes === undefined ? undefined : scopesToString(scopes),
    ...claims,
  };
  const token = await signed(signer, said, flight);
  const accessToken = new AccessToken(token, { expiresAt: cappedExpiry(endOf(said.exp) ?? exp * 1000, now), scopes });
  return new SelfSignedTokenSet({ accessToken, grantedScopes: scopes });
}

/** A JWT with these claims. @throws RefreshError `signing_failed`. */
export async function signed(signer: Signer, claims: object, flight: SigningFlight): Promise<string> {
  try {
    // A key that is held here waits for nobody. To make a signal and to hear it would cost it as much as all the rest.
    return await encodeJwt(signer, claims, { signal: signer instanceof KeySigner ? undefined : flight.signal });
  } catch (error) {
    flight.signal.throwIfAborted();
    throw signingFailed(error);
  }
}

/** When a JWT that is made now begins and ends, in seconds since the epoch (RFC 7519 §4.1). */
export function lifespan(now: number, lifetimeMs: number): { readonly iat: number; readonly exp: number } {
  const iat = Math.floor(now / 1000);
  return { iat, exp: iat + Math.floor(lifetimeMs / 1000) };
}

/** Whoever adds a claim may write anything: an end before the epoch is as good as the epoch. */
function endOf(exp: unknown): number | undefined {
  return typeof exp === 'number' && Number.isFinite(exp) ? Math.max(0, exp * 1000) : undefined;
}
