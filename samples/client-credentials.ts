/** A program that calls an API as itself, at any OAuth 2.0 server: the client credentials grant (RFC 6749 §4.4). */
import { ClientCredentials, RefreshError } from 'credence';
import { authorizedFetch } from 'credence/interop';
import { startEmulator } from 'credence/testing';
import { echoOf } from './support/echo.js';

await using emulator = await startEmulator();
const { tokenUri, clientId, clientSecret } = emulator.client({ scopes: ['orders.read', 'orders.write'] });

const credentials = new ClientCredentials({ tokenUri, clientId, clientSecret, scopes: 'orders.read' });
const fetch = authorizedFetch(credentials);
const answers = await Promise.all(Array.from({ length: 20 }, () => fetch(`${emulator.apiUrl}/orders`)));
const { user } = await echoOf(answers[0] ?? Response.error());
console.log(`${answers.length} calls as ${user === clientId ? 'the client' : user}`);
console.log(`Token requests: ${emulator.requests.token}`);

// A copy with other scopes has a token of its own.
const writer = credentials.withScopes('orders.write');
console.log(
  `The copy may write: ${String(writer.hasScopes('orders.write'))}, and has a token: ${String(writer.valid)}`,
);

// The secret is wrong: an operator has to repair that, and nothing is tried again in a hurry.
const wrong = new ClientCredentials({ tokenUri, clientId, clientSecret: 'wrong' });
try {
  await wrong.refresh();
} catch (error) {
  if (!(error instanceof RefreshError)) throw error;
  console.log(`A wrong secret: ${error.code} (${String(error.oauthError)}), retryable: ${String(error.retryable)}`);
}
