/** A `fetch` that authorizes: it replaces a token that the API refused, and follows redirects without giving the token away. */
import { UserCredentials } from 'credence';
import { authorizedFetch } from 'credence/interop';
import { startEmulator } from 'credence/testing';

await using emulator = await startEmulator();
await using elsewhere = await startEmulator();
const { path } = await emulator.authorizedUser({ quotaProjectId: 'my-project' });
const fetch = authorizedFetch(await UserCredentials.fromAuthorizedUserFile(path));

const created = await fetch(emulator.apiUrl, { method: 'POST', body: JSON.stringify({ name: 'a file' }) });
console.log(`POST: ${created.status}, token requests: ${emulator.requests.token}`);

emulator.faults.next('api', { status: 401 });
const replayed = await fetch(emulator.apiUrl, { method: 'POST', body: JSON.stringify({ name: 'another' }) });
console.log(`POST, the token refused once: ${replayed.status}, token requests: ${emulator.requests.token}`);

emulator.faults.next('api', { redirect: `${emulator.apiUrl}/moved` });
const moved = await fetch(`${emulator.apiUrl}/old`);
console.log(`GET, redirected within the origin: ${moved.status} from ${new URL(moved.url).pathname}`);

emulator.faults.next('api', { redirect: elsewhere.apiUrl });
const away = await fetch(`${emulator.apiUrl}/old`);
const seen = elsewhere.requests.log.at(-1)?.headers['authorization'];
console.log(`GET, redirected to another origin: ${away.status}; authorization header there: ${seen ?? 'none'}`);
