/** Reads what gcloud prints: tokens on standard output, and what it says on standard error. */
import { isHeaderSafe } from '../base/header-value.js';
import { readObject, readString } from '../base/json-fields.js';
import { parseJsonObject } from '../base/json.js';
import { withoutTokens } from '../base/token-like.js';
import { sanitize } from '../oauth/description.js';

/** A token that gcloud printed. */
export interface GcloudToken {
  /** The access token. */
  readonly accessToken: string;
  /** When it ends, in milliseconds since the epoch; `undefined` where gcloud does not say. */
  readonly expiresAt: number | undefined;
}

/** `%Y-%m-%dT%H:%M:%SZ` in UTC, as `gcloud config config-helper --help` has it. */
const EXPIRY = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;
const COLOURS = /\p{Cc}\[[\d;]*m/gu;
/** gcloud's errors begin with it, and with the name of the command; warnings come before. */
const ERROR = /\bERROR: (?:\([\w.-]{1,100}\) )?/;
/** Words of standard output that are this long might be part of a token; the first few of them are. */
const SECRET_WORD_LENGTH = 16;
const MAX_SECRET_WORDS = 64;

/** What `gcloud config config-helper --format=json` printed; `undefined` where it holds no token. */
export function readConfigHelper(stdout: string): GcloudToken | undefined {
  const credential = readObject(parseJsonObject(stdout) ?? {}, 'credential') ?? {};
  const accessToken = readString(credential, 'access_token');
  if (!isHeaderSafe(accessToken)) return undefined;
  const expiry = readString(credential, 'token_expiry') ?? '';
  const expiresAt = EXPIRY.test(expiry) ? Date.parse(expiry) : NaN;
  return Object.freeze({ accessToken, expiresAt: Number.isNaN(expiresAt) ? undefined : expiresAt });
}

/** What `gcloud auth print-access-token` printed; `undefined` where it is no token. */
export function readAccessToken(stdout: string): GcloudToken | undefined {
  const accessToken = stdout.trim();
  return isHeaderSafe(accessToken) ? Object.freeze({ accessToken, expiresAt: undefined }) : undefined;
}

/**
 * What gcloud said on standard error, from behind its first `ERROR:` to the end of that paragraph: capped, printable, and with
 * whatever looks like a token masked, or stands on standard output too.
 */
export function readComplaint(stderr: string, stdout: string): string | undefined {
  const plain = stderr.replace(COLOURS, '').replaceAll('\r\n', '\n');
  const error = plain.slice(ERROR.exec(plain)?.index ?? 0).replace(ERROR, '');
  const [paragraph = ''] = error.trim().split(/\n\s*(?:\n|Please run:)/);
  const printed = stdout.split(/[\s"',]+/).filter((word) => word.length >= SECRET_WORD_LENGTH);
  return sanitize(withoutTokens(paragraph), printed.slice(0, MAX_SECRET_WORDS));
}
