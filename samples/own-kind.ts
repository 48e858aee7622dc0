/** A kind of your own: tokens that a sidecar keeps current in a file. Caching, staleness, single flight and headers come from the base. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccessToken, Credentials, TokenSet, type CredentialsOptions } from 'credence';
import { authorizedFetch } from 'credence/interop';
import { startEmulator } from 'credence/testing';

interface SidecarOptions extends CredentialsOptions {
  /** The file that the sidecar writes. */
  readonly path: string;
}

class SidecarCredentials extends Credentials {
  readonly #options: SidecarOptions;

  constructor(options: SidecarOptions, share?: SidecarCredentials) {
    super(options, share);
    this.#options = Object.freeze({ ...options });
    if (new.target === SidecarCredentials) Object.freeze(this);
  }

  /** Gets a token, once for everybody who waits for one. Throw where there is none: callers get a `RefreshError`. */
  protected override async fetchToken(): Promise<TokenSet> {
    const { token, expiry } = JSON.parse(await readFile(this.#options.path, 'utf8')) as Record<string, string>;
    if (token === undefined || expiry === undefined) throw new Error('The file of the sidecar is not complete.');
    return new TokenSet({ accessToken: new AccessToken(token, { expiresAt: Date.parse(expiry) }) });
  }

  /** Makes a copy with some options changed; with `keepsToken` both share one token and its refresh. */
  protected override copy(options: Partial<SidecarOptions>, keepsToken: boolean): this {
    return new SidecarCredentials({ ...this.#options, ...options }, keepsToken ? this : undefined) as this;
  }
}

const emulator = await startEmulator();
const { user } = await emulator.authorizedUser();
const path = join(tmpdir(), `sidecar-${process.pid}.json`);
await writeFile(path, JSON.stringify(user.mint()), { mode: 0o600 });

const credentials = new SidecarCredentials({ path });
const billed = credentials.withQuotaProject('my-project');
const response = await authorizedFetch(billed)(emulator.apiUrl);
const { headers } = (await response.json()) as { headers: Record<string, string> };

console.log(
  `The API answered ${response.status}, and saw the quota project ${String(headers['x-goog-user-project'])}.`,
);
console.log(`The copy's token is the original's: ${String(billed.token === credentials.token)}.`);
console.log(`Printed, it shows no secret: ${String(credentials)}`);
await rm(path);
await emulator.close();
