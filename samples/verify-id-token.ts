/** A service that wants to know who calls: it verifies the ID token of each request, and fetches the issuer's keys once. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ServiceAccountIdTokenCredentials, VerificationError, verifyIdToken } from 'credence';
import { authorizedFetch } from 'credence/interop';
import { startEmulator } from 'credence/testing';

const SERVICE = 'https://orders.example.com';
await using emulator = await startEmulator();
// Of tokens that Google has issued, only the audience must be named.
const believed = { audience: SERVICE, issuers: [emulator.url], certsUrl: emulator.jwksUri };

/** Who calls, or why nobody is let in. Only the code is for the caller to know. */
async function judged(authorization: string = ''): Promise<{ status: number; text: string }> {
  try {
    const { email, subject } = await verifyIdToken(authorization.replace(/^Bearer /, ''), believed);
    return { status: 200, text: `Hello ${email ?? subject}` };
  } catch (error) {
    if (!(error instanceof VerificationError)) throw error;
    return { status: error.retryable ? 503 : 401, text: error.code };
  }
}

const server = createServer((request, response) => {
  void judged(request.headers.authorization).then(({ status, text }) => response.writeHead(status).end(text));
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

async function tell(who: string, response: Response): Promise<void> {
  console.log(`${who}: ${response.status} ${await response.text()}`);
}

const { path } = await emulator.serviceAccount({ email: 'caller@example.com' });
const credentials = await ServiceAccountIdTokenCredentials.fromServiceAccountFile(path, { targetAudience: SERVICE });
await tell('A service account', await authorizedFetch(credentials)(url));

const ofAnother = credentials.withTargetAudience('https://invoices.example.com');
await tell('With a token for another service', await authorizedFetch(ofAnother)(url));

for (const defect of ['expired', 'foreign-key', 'alg-none'] as const) {
  const authorization = `Bearer ${await emulator.idToken({ audience: SERVICE, issuer: emulator.url, defect })}`;
  await tell(`A forged token (${defect})`, await fetch(url, { headers: { authorization } }));
}
await tell('Nobody', await fetch(url));
console.log(`The keys were fetched ${emulator.requests.certs === 1 ? 'once' : `${emulator.requests.certs} times`}.`);
server.close();
