/** An `authorized_user` file as the home of a refresh token: loads it, and keeps it current under a lock that other processes honour. */
import type { Clock } from '../base/clock.js';
import { parseJsonObject } from '../base/json.js';
import type { ScopesLike } from '../base/scopes.js';
import { ConfigurationError, RefreshError } from '../errors.js';
import type { HeldLock, LockWait } from '../host/file-lock.js';
import { readSmallFile, replaceFile } from '../host/files.js';
import { pathOf } from '../host/paths.js';
import { AccessToken } from '../tokens/access-token.js';
import { tell } from '../tokens/events.js';
import type { Grant } from '../tokens/grant.js';
import { TokenSet } from '../tokens/token-set.js';
import { formatExpiry, readAuthorizedUserInfo, type AuthorizedUserInfoOptions } from './authorized-user-info.js';
import { ownLoadOptions, withOverrides, type AuthorizedUserFileOptions } from './authorized-user-options.js';
import { clockOf } from './credentials-options.js';
import { LockedFile, lockLost } from './locked-file.js';
import type { UserCredentialsOptions } from './user-options.js';

/** Reads a file into options, the caller's own winning. */
export async function loadAuthorizedUserFile(
  path: string | URL,
  scopes: ScopesLike | undefined,
  options: AuthorizedUserFileOptions,
): Promise<UserCredentialsOptions> {
  const own = ownLoadOptions(options);
  const clock = clockOf(own);
  const file = new AuthorizedUserFile(path, own, clock);
  return { ...withOverrides(await file.load(), scopes, own), file };
}

/** A file, with the refresh token that was last seen in it. */
export class AuthorizedUserFile {
  /** Where it is. */
  readonly path: string;
  /** Whether new tokens are written back. */
  readonly saves: boolean;
  readonly #options: AuthorizedUserInfoOptions;
  readonly #clock: Clock;
  readonly #lock: LockedFile;
  #seen: string | undefined;
  #grant: Grant | undefined;

  constructor(path: string | URL, options: AuthorizedUserFileOptions, clock: Clock) {
    this.path = pathOf(path);
    this.saves = options.save === true;
    this.#options = options;
    this.#clock = clock;
    this.#lock = new LockedFile(this.path, clock);
  }

  /** Reads the file. */
  async load(): Promise<UserCredentialsOptions> {
    const { options } = await this.#read();
    this.#seen = options.refreshToken;
    return options;
  }

  /**
   * Spends the grant with no other process doing so: under the lock, after taking over what another one has rotated.
   * Without `save` the file is not written, and read again only where the refresh token is refused: another process may have rotated it.
   * @param wait Whether somebody waits for the tokens: a refresh that nobody waits for does not wait for the lock.
   */
  spending(grant: Grant, refresh: () => Promise<TokenSet>, wait: LockWait = {}): Promise<TokenSet> {
    if (!this.saves) return this.#refreshOrAdopt(grant, refresh);
    this.#grant = grant;
    const spend = async (once: () => Promise<TokenSet>): Promise<TokenSet> =>
      (await this.#adopted(grant)) ?? (await this.#refreshOrAdopt(grant, once));
    // A folder that takes no lock takes no file either: the token counts for more than the save, which will tell.
    const unlocked = (): Promise<TokenSet> => spend(refresh);
    return this.#lock.exclusively((lock) => spend(() => this.#whileHeld(lock, grant, refresh)), wait, unlocked);
  }

  /** Writes new tokens back, keeping every field that is not ours; leaves the file alone where somebody signed in anew meanwhile. */
  save(tokens: TokenSet, wait: LockWait = {}): Promise<void> {
    return this.#locked(() => this.#write(tokens.refreshToken, fieldsOf(tokens)), wait);
  }

  /**
   * Writes a refresh token back that came without a usable access token, as {@link AuthorizedUserFile.save} does. A file that holds it
   * already is left alone.
   */
  saveRefreshToken(refreshToken: string, wait: LockWait = {}): Promise<void> {
    return this.#locked(() => this.#write(refreshToken), wait);
  }

  /** What is saved while the grant is being spent is saved under the lock of that. */
  async #locked(write: () => Promise<void>, wait: LockWait): Promise<void> {
    if (await this.#lock.isHeld()) await write();
    else await this.#lock.exclusively(write, wait);
  }

  async #write(refreshToken: string | undefined, fields?: Record<string, unknown>): Promise<void> {
    // A save that waited long must not put a refresh token back that has been replaced meanwhile.
    if (this.#grant !== undefined && refreshToken !== this.#grant.refreshToken) return;
    const { record, options } = await this.#read();
    const isThere = options.refreshToken === refreshToken;
    if (isThere ? fields === undefined : options.refreshToken !== this.#seen) return;
    const written = { ...record, ...(fields ?? { refresh_token: refreshToken }) };
    await replaceFile(this.path, `${JSON.stringify(written, undefined, 2)}\n`);
    this.#seen = refreshToken ?? this.#seen;
  }

  /** A process that was stopped for long may have lost the lock: what the new holder is spending must not be spent twice. */
  async #whileHeld(lock: HeldLock, grant: Grant, refresh: () => Promise<TokenSet>): Promise<TokenSet> {
    if (await lock.isHeld()) return await refresh();
    const adopted = await this.#adopted(grant);
    if (adopted === undefined) throw lockLost(this.path);
    return adopted;
  }

  /** The tokens of a file that another process has refreshed; its refresh token is taken over, and its access token where it is usable. */
  async #adopted(grant: Grant): Promise<TokenSet | undefined> {
    const options = await this.#readAgain();
    if (options === undefined || options.refreshToken === this.#seen) return undefined;
    this.#seen = options.refreshToken;
    grant.replace(options.refreshToken);
    return usableTokens(options, this.#clock.now());
  }

  /** A refusal may only mean that a process which honours no lock was quicker. */
  async #refreshOrAdopt(grant: Grant, refresh: () => Promise<TokenSet>): Promise<TokenSet> {
    try {
      return await refresh();
    } catch (error) {
      if (!(error instanceof RefreshError) || error.code !== 'invalid_grant') throw error;
      const generation = grant.generation;
      const adopted = await this.#adopted(grant);
      if (adopted !== undefined) return adopted;
      if (grant.generation === generation) throw error;
      return await refresh();
    }
  }

  /** A file that went bad meanwhile must not cost the token: what is held in memory is still good. */
  async #readAgain(): Promise<UserCredentialsOptions | undefined> {
    try {
      return (await this.#read()).options;
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      tell('file_unusable', `${this.path} can no longer be read; the refresh token in memory is used.`, error);
      return undefined;
    }
  }

  async #read(): Promise<{ record: object; options: UserCredentialsOptions }> {
    const record = parseJsonObject(await readSmallFile(this.path));
    if (record === undefined) throw notJson(this.path);
    const context = { where: `the file ${this.path}`, endpoints: this.#options.endpoints, now: this.#clock.now() };
    return { record, options: readAuthorizedUserInfo(record, context) };
  }
}

function fieldsOf(tokens: TokenSet): Record<string, unknown> {
  const { accessToken, refreshToken, idToken, grantedScopes } = tokens;
  const { expiresAt, value } = accessToken;
  return {
    token: value,
    expiry: expiresAt === undefined ? undefined : formatExpiry(new Date(expiresAt)),
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
    ...(idToken === undefined ? {} : { id_token: idToken }),
    ...(grantedScopes === undefined ? {} : { granted_scopes: grantedScopes }),
  };
}

function usableTokens(options: UserCredentialsOptions, now: number): TokenSet | undefined {
  const { token, expiry, refreshToken, idToken, grantedScopes, raptToken } = options;
  if (token === undefined || expiry === undefined || expiry.getTime() <= now) return undefined;
  const accessToken = new AccessToken(token, { expiresAt: expiry.getTime(), scopes: grantedScopes });
  return new TokenSet({ accessToken, refreshToken, idToken, grantedScopes, raptToken });
}

function notJson(path: string): ConfigurationError {
  return new ConfigurationError(
    'invalid_json',
    `The file ${path} is not a JSON object. Was it cut short, or is it another file? It was left as it is.`,
  );
}
