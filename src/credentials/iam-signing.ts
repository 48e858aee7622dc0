/** Signs through Google's IAM Credentials API, for service accounts whose key nobody holds. */
import { abandonable } from '../base/abandonable.js';
import type { Clock } from '../base/clock.js';
import { RefreshError, TransportError } from '../errors.js';
import { iamUrl, readSignedBlob, signBlobRequest } from '../google/iam-credentials.js';
import { FLIGHT_TIMEOUT_MS } from '../tokens/flight.js';
import type { HttpResponse, RequestLike, TransportRequest } from '../transport/transport.js';
import { awaitedCall } from './awaited-call.js';
import type { Credentials } from './credentials.js';
import { flightTransport } from './flight-transport.js';

/** What a signature needs. */
export interface IamSigning {
  /** Who asks for it. */
  readonly credentials: Credentials;
  /** The service account that signs. */
  readonly email: string;
  /** The chain of service accounts to it. */
  readonly delegates?: readonly string[] | undefined;
  /** The universe whose API is asked. */
  readonly universeDomain: string;
  /** How to send the request; the default transport where it is left out. */
  readonly request: RequestLike | undefined;
  /** Where time is read. */
  readonly clock: Clock;
  /** Ends the caller's wait. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * A signature over the bytes, RSA PKCS #1 v1.5 with SHA-256, by a key of Google's.
 * @throws RefreshError `signing_failed`, or why there is no token to ask with; the signal's reason.
 */
export async function signBytesByIam(bytes: Uint8Array, signing: IamSigning): Promise<Uint8Array> {
  const { credentials, clock, email, request, signal } = signing;
  const headers: Record<string, string> = {};
  await credentials.beforeRequest(request, 'POST', iamUrl(signing, 'signBlob'), headers, { signal });
  const response = await send(signing, signBlobRequest({ ...signing, headers }, bytes));
  const secrets = [credentials.token];
  return readSignedBlob(response, { email, code: 'signing_failed', receivedAt: clock.now(), secrets });
}

async function send({ request, clock, email, signal }: IamSigning, question: TransportRequest): Promise<HttpResponse> {
  const deadlineAt = clock.monotonic() + FLIGHT_TIMEOUT_MS;
  const flight = { deadlineAt, signal: new AbortController().signal, awaited: true };
  try {
    return await awaitedCall(abandonable(flightTransport(request, clock, flight)(question), signal));
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    const message = `The IAM Credentials API, asked to sign for ${email}, gave no answer: ${error.message}`;
    throw new RefreshError('signing_failed', message, { cause: error, retryable: error.retryable });
  }
}
