/** A platform whose token broker keeps the refresh tokens: a refresh handler asks it for access tokens. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UserCredentials, type RefreshHandler } from 'credence';
import { authorizedFetch } from 'credence/interop';
import { startEmulator, type EmulatedUser } from 'credence/testing';

/** What the broker of this sample answers with. */
interface BrokerAnswer {
  readonly accessToken: string;
  readonly expiresAt: string;
}

/** This is all that the platform writes. `request` has the library's timeouts, and tries again what failed for a while. */
function askBroker(url: string): RefreshHandler {
  return async (request, scopes) => {
    const headers = { 'content-type': 'application/json' };
    const response = await request({ method: 'POST', url, headers, body: JSON.stringify({ scopes }) });
    if (response.status !== 200) throw new Error(`The token broker answered ${response.status}.`);
    const { accessToken, expiresAt } = JSON.parse(response.body) as BrokerAnswer;
    return { token: accessToken, expiry: new Date(expiresAt) };
  };
}

/** A stand-in for the platform's broker. It is busy at first. */
async function startBroker(user: EmulatedUser): Promise<{ url: string; close: () => void }> {
  let requests = 0;
  const server = createServer((_request, response) => {
    requests += 1;
    console.log(`The broker is asked (${requests === 1 ? 'it is busy: 503' : 'it answers: 200'}).`);
    const { token, expiry } = user.mint();
    const answer: BrokerAnswer = { accessToken: token, expiresAt: expiry.toISOString() };
    response.writeHead(requests === 1 ? 503 : 200).end(requests === 1 ? '' : JSON.stringify(answer));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/token`, close: () => server.close() };
}

await using emulator = await startEmulator();
const { user } = await emulator.authorizedUser();
const broker = await startBroker(user);

const credentials = new UserCredentials({ refreshHandler: askBroker(broker.url), scopes: ['openid'] });
const fetch = authorizedFetch(credentials);
const answers = await Promise.all(Array.from({ length: 50 }, () => fetch(emulator.apiUrl)));

console.log(`${answers.filter(({ ok }) => ok).length} of ${answers.length} calls at once were answered.`);
broker.close();
