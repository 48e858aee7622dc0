/** Google's IAM Credentials API, which signs for a service account whose key nobody holds ({@link https://cloud.google.com/iam/docs/reference/credentials/rest | Google's reference}). */
import { readObject, readString } from '../base/json-fields.js';
import { parseJsonObject } from '../base/json.js';
import { ownOptions } from '../base/option-record.js';
import { parseRetryAfter } from '../base/retry-after.js';
import { RefreshError, type RefreshErrorCode } from '../errors.js';
import { sanitize } from '../oauth/description.js';
import { shapeOf } from '../oauth/token-error.js';
import type { HttpResponse, TransportRequest } from '../transport/transport.js';

/** Who is to sign, and how. */
export interface IamCall {
  /** The universe whose API is asked. */
  readonly universeDomain: string;
  /** The service account that signs. */
  readonly email: string;
  /** The chain of service accounts to it, each allowed to act for the next. */
  readonly delegates?: readonly string[] | undefined;
  /** Headers to add: the caller's authorization. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** What reading an answer needs to know of its request. */
export interface IamContext {
  /** The service account that was to sign. */
  readonly email: string;
  /** The code for a refusal. */
  readonly code: RefreshErrorCode;
  /** The wall clock as the answer came, in milliseconds since the epoch: Retry-After counts from here. */
  readonly receivedAt: number;
  /** The secrets of the request: a server may echo them. */
  readonly secrets: readonly (string | undefined)[];
}

const TRANSIENT: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** The URL of a method for a service account, such as `signBlob`. */
export function iamUrl({ universeDomain, email }: Pick<IamCall, 'universeDomain' | 'email'>, method: string): string {
  return `https://iamcredentials.${universeDomain}/v1/projects/-/serviceAccounts/${encodeURIComponent(email)}:${method}`;
}

/** Asks for a signature over bytes; Google chooses the key. */
export function signBlobRequest(call: IamCall, bytes: Uint8Array): TransportRequest {
  return iamRequest(call, 'signBlob', { payload: Buffer.from(bytes).toString('base64') });
}

/** Asks any method of the API. */
export function iamRequest(call: IamCall, method: string, body: Readonly<Record<string, unknown>>): TransportRequest {
  const { delegates = [], headers } = ownOptions(call, ['delegates', 'headers']);
  return Object.freeze({
    method: 'POST',
    url: iamUrl(call, method),
    headers: Object.freeze({ ...headers, 'content-type': 'application/json', accept: 'application/json' }),
    body: JSON.stringify({ ...body, ...(delegates.length === 0 ? {} : { delegates }) }),
  });
}

/**
 * The signature that {@link signBlobRequest} asked for.
 * @throws RefreshError that says why there is none.
 */
export function readSignedBlob(response: HttpResponse, context: IamContext): Uint8Array {
  const signature = readField(response, 'signedBlob', context);
  if (!BASE64.test(signature)) throw unexpected(response, 'signedBlob');
  return new Uint8Array(Buffer.from(signature, 'base64'));
}

/**
 * The string field of an answer.
 * @throws RefreshError that says why there is none.
 */
export function readField(response: HttpResponse, field: string, context: IamContext): string {
  if (response.status < 200 || response.status >= 300) throw iamError(response, context);
  const value = readString(parseJsonObject(response.body) ?? {}, field);
  if (value === undefined || value === '') throw unexpected(response, field);
  return value;
}

function iamError(response: HttpResponse, { email, code, receivedAt, secrets }: IamContext): RefreshError {
  const { status } = response;
  const retryable = TRANSIENT.has(status);
  const delayMs = retryable ? parseRetryAfter(response.headers.get('retry-after'), receivedAt) : undefined;
  const errorDescription = sanitize(descriptionIn(response), secrets);
  const said = errorDescription === undefined ? '' : ` The server said "${errorDescription.replace(/\.$/, '')}".`;
  return new RefreshError(
    code,
    `The IAM Credentials API answered ${String(status)} for ${email}. ${adviceFor(status)}${said}`,
    {
      retryable,
      status,
      errorDescription,
      nextAttemptAt: delayMs === undefined ? undefined : receivedAt + delayMs,
    },
  );
}

function descriptionIn(response: HttpResponse): string | undefined {
  const error = readObject(parseJsonObject(response.body) ?? {}, 'error');
  return error === undefined ? undefined : readString(error, 'message');
}

function adviceFor(status: number): string {
  if (TRANSIENT.has(status)) return 'It is unavailable for now: try again later.';
  if (status === 404) return 'There is no such service account: check its name.';
  if (status === 401) return 'The access token was refused: check its scopes.';
  return 'Enable the API, and grant the caller the role "Service Account Token Creator" on that service account.';
}

function unexpected(response: HttpResponse, field: string): RefreshError {
  const message = `The answer of the IAM Credentials API holds no usable "${field}" (${shapeOf(response)}).`;
  return new RefreshError('unexpected_response', message, { retryable: true, status: response.status });
}
