/** Who is soaked: credentials alone, and credentials under a token server. */
import { ServiceAccountCredentials, UserCredentials } from 'credence';
import { TokenServer } from 'credence/server';
import type { Call } from './callers.js';
import { Ledger } from './ledger.js';
import { LATENCY_MS, LIFETIME_MS, type Party } from './party.js';
import { startRemoteEmulator } from './remote-emulator.js';

const URL_OF_API = 'https://storage.googleapis.com/storage/v1/b';
const SCOPES = 'https://www.googleapis.com/auth/devstorage.read_only';
const SHORT_TOKENS = { accessTokenLifetimeMs: LIFETIME_MS, latencyMs: LATENCY_MS };

/** A user's credentials without anything around them. Their refresh token is replaced with each mint. */
export async function startAlone(wholeMs: number): Promise<Party> {
  const [emulator, ledger] = [await startRemoteEmulator(), new Ledger('UserCredentials')];
  const settings = { ...SHORT_TOKENS, rotateRefreshTokens: true, rotationGraceMs: 2 * wholeMs };
  await emulator.order({ order: 'configure', settings });
  const transport = ledger.transport();
  const credentials = UserCredentials.fromAuthorizedUserInfo(emulator.info, undefined, { transport });
  await credentials.refresh();
  const call = requesting(credentials, ledger);
  return { name: 'alone', emulator, ledger, call, [Symbol.asyncDispose]: async () => emulator[Symbol.dispose]() };
}

/** A service account's credentials under a token server: half of the callers fetch by name, half use the credentials. */
export async function startServed(): Promise<Party> {
  const [emulator, ledger] = [await startRemoteEmulator(), new Ledger('ServiceAccountCredentials')];
  await emulator.order({ order: 'configure', settings: SHORT_TOKENS });
  const transport = ledger.transport();
  const source = ServiceAccountCredentials.fromServiceAccountInfo(emulator.key, { scopes: SCOPES, transport });
  const server = await TokenServer.start({ name: 'soak', source, prefetch: 'sync' });
  const fetching = async (): Promise<void> => ledger.handed((await TokenServer.fetch('soak')).authorization);
  const call = inTurns(fetching, requesting(source, ledger));
  const stop = async (): Promise<void> => {
    await server.stop();
    emulator[Symbol.dispose]();
  };
  return { name: 'served', emulator, ledger, call, [Symbol.asyncDispose]: stop };
}

/** The token is judged where the header is set, and not a turn of the loop later. */
function requesting(credentials: UserCredentials | ServiceAccountCredentials, ledger: Ledger): Call {
  const headers = {
    set: (name: string, value: string): void => (name === 'authorization' ? ledger.handed(value) : undefined),
  };
  return () => credentials.beforeRequest(undefined, 'GET', URL_OF_API, headers);
}

function inTurns(one: Call, other: Call): Call {
  let calls = 0;
  return () => {
    calls += 1;
    return calls % 2 === 0 ? one() : other();
  };
}
