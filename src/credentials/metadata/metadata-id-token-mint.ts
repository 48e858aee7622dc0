/** Asks the metadata server for an ID token. Loaded with the first refresh. */
import { readMetadataText, unexpectedAnswer, type MetadataContext } from '../../google/metadata-answer.js';
import { identityRequest } from '../../google/metadata-requests.js';
import type { TokenSet } from '../../tokens/token-set.js';
import type { HttpResponse, Transport } from '../../transport/transport.js';
import { clockOf } from '../credentials-options.js';
import { idTokenSet } from '../id-token-set.js';
import type { MetadataIdTokenRecord } from './metadata-id-token-options.js';
import { askMetadata } from './metadata-question.js';

/** An ID token of a service account, as a bearer token. */
export function mintMetadataIdToken(options: MetadataIdTokenRecord, request: Transport): Promise<TokenSet> {
  const { serviceAccountEmail: account, targetAudience: audience, format, licenses } = options;
  const question = {
    asked: `an ID token of the service account "${account}"`,
    build: (host: string) => identityRequest(host, { account, audience, format, licenses }),
    read: readIdToken,
  };
  return askMetadata(question, request, clockOf(options));
}

function readIdToken(response: HttpResponse, context: MetadataContext): TokenSet {
  const tokens = idTokenSet(readMetadataText(response, context), context.sentAt);
  if (tokens === undefined) throw unexpectedAnswer(response, context);
  return tokens;
}
