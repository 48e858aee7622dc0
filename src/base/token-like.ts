/** Masks what looks like a token in a text whose secrets are not known. */

/** Access tokens, refresh tokens, JWTs and keys by their first letters, and whatever else is as long as a secret. */
const TOKENS = /\b(?:ya29\.|1\/\/|eyJ|AIza|GOCSPX-)[\w./~+=-]{4,}|[\w~+=-]{40,}/g;
/** A header that was quoted; "Basic authentication" is none. */
const AUTHORIZATION = /\b(?:bearer|basic)\s+(?=\S*\d)[\w.~+/=-]{8,}/gi;

/** The text with `[redacted]` in the place of everything that looks like a token. */
export function withoutTokens(text: string): string {
  return text.replace(TOKENS, '[redacted]').replace(AUTHORIZATION, '[redacted]');
}
