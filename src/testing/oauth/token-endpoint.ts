/** The token endpoint (RFC 6749 §3.2): finds the handler of the grant that is asked for. */
import type { Endpoint } from '../http/http-exchange.js';
import { jsonAnswer } from '../http/http-exchange.js';
import { readForm, requireField } from '../http/request-form.js';
import type { Realm } from '../realm.js';
import { clientCredentialsGrant } from './client-credentials-grant.js';
import type { GrantHandler } from './grant-handler.js';
import { jwtBearerGrant } from './jwt-bearer-grant.js';
import { refreshTokenGrant } from './refresh-token-grant.js';
import { Refusal } from './refusal.js';

const HANDLERS: ReadonlyMap<string, GrantHandler> = new Map([
  ['refresh_token', refreshTokenGrant],
  ['client_credentials', clientCredentialsGrant],
  ['urn:ietf:params:oauth:grant-type:jwt-bearer', jwtBearerGrant],
]);

/** Makes the token endpoint of an emulator. */
export function tokenEndpoint(realm: Realm): Endpoint {
  return async (incoming) => {
    const form = readForm(incoming);
    const handler = HANDLERS.get(requireField(form, 'grant_type'));
    if (handler === undefined) throw new Refusal('unsupported_grant_type', 'Invalid grant_type.');
    return jsonAnswer(200, await handler({ incoming, form, realm }));
  };
}
