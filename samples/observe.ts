/** What an operator can watch: every refresh, every token, every notice, and never a secret. */
import { subscribe } from 'node:diagnostics_channel';
import { UserCredentials, type MintEvent, type NoticeEvent, type RefreshEvent } from 'credence';
import { startEmulator } from 'credence/testing';

subscribe('tracing:credence:refresh:asyncEnd', (message) => {
  const { kind, reason, outcome, code, durationMs = 0 } = message as RefreshEvent;
  const what = code === undefined ? outcome : `${String(outcome)} (${code})`;
  console.log(`refresh of ${kind}, because ${reason}: ${String(what)} after ${Math.ceil(durationMs)} ms`);
});
subscribe('credence:mint', (message) => {
  const { kind, lifetimeMs = Infinity } = message as MintEvent;
  console.log(`mint for ${kind}: a token for ${Math.round(lifetimeMs / 60_000)} min`);
});
subscribe('credence:notice', (message) => {
  const { name, message: text } = message as NoticeEvent;
  console.log(`notice ${name}: ${text}`);
});

await using emulator = await startEmulator();
const { path, user } = await emulator.authorizedUser({ grantedScopes: ['openid'] });
const credentials = await UserCredentials.fromAuthorizedUserFile(path, ['openid', 'email']);

await credentials.beforeRequest(undefined, 'GET', emulator.apiUrl, {});
await credentials.refresh();
user.revoke();
await credentials.refresh().catch(() => {
  // The channel has told it.
});
