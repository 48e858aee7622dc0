/** Mints for a client that asks for itself. */
import { clientCredentialsRequest } from '../../oauth/client-credentials-grant.js';
import { grantedTokens } from '../../oauth/granted-tokens.js';
import { readTokenResponse } from '../../oauth/token-response.js';
import type { TokenSet } from '../../tokens/token-set.js';
import type { Transport } from '../../transport/transport.js';
import { clockOf } from '../credentials-options.js';
import type { ClientRecord } from './client-options.js';

const REFUSAL = 'The server refused to grant anything to this client. Check what the client is registered for.';

/** A token of the client's own. @throws RefreshError that says why there is none. */
export async function mintForClient(options: ClientRecord, request: Transport): Promise<TokenSet> {
  const clock = clockOf(options);
  const sentAt = clock.now();
  const response = await request(clientCredentialsRequest(options));
  const secrets = [options.clientSecret];
  const answer = readTokenResponse(response, { sentAt, receivedAt: clock.now(), secrets, refusal: REFUSAL });
  return grantedTokens(answer, options.scopes);
}
