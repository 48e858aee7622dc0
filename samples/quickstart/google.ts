/** The quickstart on Google: mints one token and asks what it is good for. It revokes nothing and writes no file. */
import { ConfigurationError, UserCredentials } from 'credence';
import { authorizedFetch } from 'credence/interop';
import { done, failure, note, step } from './report.js';

const GOOGLE = /(^|\.)google(apis)?\.com$/;
const LOOPBACK = /^(localhost|127\.[\d.]+|\[::1\])$/;
const TOKEN_INFO = 'https://oauth2.googleapis.com/tokeninfo';
const TOKEN_INFO_TIMEOUT_MS = 10_000;

/** Whether the file was one of Google's, or of an emulator; another server might replace its refresh token, which nobody would save. */
export async function ranOnGoogle(path: string): Promise<boolean> {
  const credentials = await loaded(path);
  if (credentials === undefined) return false;
  const { hostname } = new URL(credentials.tokenUri ?? TOKEN_INFO);
  if (GOOGLE.test(hostname) || LOOPBACK.test(hostname)) await mintAndAsk(credentials, path);
  else note(`${path} is for the server ${hostname}: this quickstart goes on with the emulator instead.`);
  return GOOGLE.test(hostname) || LOOPBACK.test(hostname);
}

async function loaded(path: string): Promise<UserCredentials | undefined> {
  try {
    return await UserCredentials.fromAuthorizedUserFile(path);
  } catch (error) {
    if (!(error instanceof ConfigurationError) || error.code !== 'wrong_type') throw error;
    note(`${error.message} This quickstart goes on with the emulator instead.`);
    return undefined;
  }
}

async function mintAndAsk(credentials: UserCredentials, path: string): Promise<void> {
  step('Load the file that GOOGLE_APPLICATION_CREDENTIALS names');
  done(`Loaded ${path}`);

  step('Mint an access token');
  done(String(await credentials.refresh()));

  step('Ask the tokeninfo endpoint what it is good for');
  const { hostname } = new URL(credentials.tokenUri ?? TOKEN_INFO);
  const url = LOOPBACK.test(hostname) ? new URL('tokeninfo', credentials.tokenUri).href : TOKEN_INFO;
  const signal = AbortSignal.timeout(TOKEN_INFO_TIMEOUT_MS);
  try {
    const response = await authorizedFetch(credentials)(url, { method: 'POST', signal });
    const info = (await response.json()) as Record<string, unknown>;
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    done(`Lifetime: ${String(info['expires_in'])} s`);
    for (const scope of String(info['scope']).split(' ')) done(`Scope: ${scope}`);
  } catch (error) {
    failure(`${url} did not tell: ${error instanceof Error ? error.message : 'no answer'}.`);
    process.exitCode = 1;
  }
}
