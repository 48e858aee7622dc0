/** What the tests of the emulator talk to it with: plain requests, and an emulator that closes with the test. */
import { onTestFinished } from 'vitest';
import type { EmulatedUserInfo } from '../../src/testing/accounts/authorized-user.js';
import type { Emulator, EmulatorOptions } from '../../src/testing/emulator.js';
import { startEmulator } from '../../src/testing/emulator.js';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // Tests know what they asked for.
  readonly json: Record<string, unknown>;
}

/** Starts an emulator that closes when the test has finished. */
export async function anEmulator(options?: EmulatorOptions): Promise<Emulator> {
  const emulator = await startEmulator(options);
  onTestFinished(() => emulator.close());
  return emulator;
}

/** Sends a request without following redirects. */
export async function ask(url: string, init: RequestInit = {}): Promise<Reply> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  const json = isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
  return { status: response.status, headers: response.headers, text, json };
}

/** Posts a form. */
export function post(
  url: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Reply> {
  return ask(url, { method: 'POST', body: new URLSearchParams(fields), headers });
}

/** Refreshes as a well behaved client with `client_secret_post`. */
export function refresh(info: EmulatedUserInfo, fields: Record<string, string> = {}): Promise<Reply> {
  const { client_id, client_secret, refresh_token } = info;
  return post(info.token_uri, { grant_type: 'refresh_token', client_id, client_secret, refresh_token, ...fields });
}

/** Calls the echo API with a bearer token. */
export function callApi(emulator: Emulator, token: unknown, path: string = ''): Promise<Reply> {
  return ask(`${emulator.apiUrl}${path}`, { headers: { authorization: `Bearer ${String(token)}` } });
}
