/** Asks the metadata server one question, and says what it means where there is no answer. */
import type { Clock } from '../../base/clock.js';
import { RefreshError, TransportError } from '../../errors.js';
import type { MetadataContext } from '../../google/metadata-answer.js';
import type { HttpResponse, Transport, TransportRequest } from '../../transport/transport.js';
import { metadataHost, metadataTimeoutMs } from './metadata-environment.js';

/** A question, and how to read its answer. */
export interface MetadataQuestion<T> {
  /** What is asked for, in words. */
  readonly asked: string;
  /** The request for the server at this host. */
  readonly build: (host: string) => TransportRequest;
  /** Reads the answer. */
  readonly read: (response: HttpResponse, context: MetadataContext) => T;
}

/**
 * Asks.
 * @throws RefreshError `metadata_unavailable` where nothing answers, and whatever reading the answer throws.
 */
export async function askMetadata<T>(question: MetadataQuestion<T>, request: Transport, clock: Clock): Promise<T> {
  const host = metadataHost();
  const timeoutMs = metadataTimeoutMs();
  const sentAt = clock.now();
  const response = await send(request, host, {
    ...question.build(host),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
  return question.read(response, { sentAt, receivedAt: clock.now(), host, asked: question.asked });
}

async function send(request: Transport, host: string, question: TransportRequest): Promise<HttpResponse> {
  try {
    return await request(question);
  } catch (error) {
    throw error instanceof TransportError ? unavailable(host, error) : error;
  }
}

function unavailable(host: string, cause: TransportError): RefreshError {
  return new RefreshError(
    'metadata_unavailable',
    `The metadata server ${host} gave no answer: ${cause.message} Only machines of Google have one; elsewhere use other credentials.`,
    { cause, retryable: cause.retryable },
  );
}
