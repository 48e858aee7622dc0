/** What the emulator's API tells about a request: it answers with what it received. */

/** The request, as the API saw it. */
export interface Echo {
  /** Who called: the e-mail address, or the client id. */
  readonly user: string;
  /** With what: `access_token`, `self_signed_jwt` or `id_token`. */
  readonly credential: string;
  /** The headers, tokens aside. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Reads the answer. */
export async function echoOf(response: Response): Promise<Echo> {
  if (!response.ok) throw new Error(`The API answered ${response.status}.`);
  return (await response.json()) as Echo;
}
