/** An HTTP client, wrapped: every request goes through `beforeRequest`, which is all that a library needs to do. */
import type { Credentials } from 'credence';

/** What the emulator's API says about the request that it received, and what we measured. */
export interface Answer {
  readonly status: number;
  /** The API's label for the token it saw, such as `<token 1>`: the token itself is never shown. */
  readonly token: string;
  readonly quotaProject: string | undefined;
  readonly user: string;
  /** How long the request waited for its token, in milliseconds. */
  readonly waitedMs: number;
}

interface Echo {
  readonly headers: { readonly authorization: string; readonly 'x-goog-user-project'?: string };
  readonly user: string;
}

/** A `get` that authorizes. */
export function clientOf(credentials: Credentials): (url: string) => Promise<Answer> {
  return async (url) => {
    const headers: Record<string, string> = {};
    const startedAt = performance.now();
    await credentials.beforeRequest(undefined, 'GET', url, headers);
    const waitedMs = performance.now() - startedAt;
    const response = await fetch(url, { headers });
    if (!response.ok) throw new Error(`The API answered ${response.status}.`);
    const { headers: seen, user } = (await response.json()) as Echo;
    const token = seen.authorization.replace('Bearer ', '');
    return { status: response.status, token, quotaProject: seen['x-goog-user-project'], user, waitedMs };
  };
}
