/** An `authorized_user` file as the home of a refresh token: loads it, and keeps it current under a lock that other processes honour. */
import type { Clock } from '../../base/clock.js';
import type { ScopesLike } from '../../base/scopes.js';
import type { RefreshError } from '../../errors.js';
import type { HeldLock, LockWait } from '../../host/file-lock.js';
import { pathOf } from '../../host/paths.js';
import type { Grant } from '../../tokens/grant.js';
import type { TokenSet } from '../../tokens/token-set.js';
import { clockOf } from '../credentials-options.js';
import { ownLoadOptions, withOverrides, type AuthorizedUserFileOptions } from './authorized-user-options.js';
import { AuthorizedUserText, fieldsOf } from './authorized-user-text.js';
import { FileAdoption } from './file-adoption.js';
import { isRefusal } from './grant-refusals.js';
import { LockedFile, lockLost } from './locked-file.js';
import type { UserCredentialsOptions } from './user-options.js';

/** How a grant that stands in a file is spent. */
export interface FileSpending extends LockWait {
  /** The error with which its refresh token was refused before: then it is not sent again, and only what the file holds instead is. */
  readonly refused?: RefreshError | undefined;
}

/** Reads a file into options, the caller's own winning. */
export async function loadAuthorizedUserFile(
  path: string | URL,
  scopes: ScopesLike | undefined,
  options: AuthorizedUserFileOptions,
): Promise<UserCredentialsOptions> {
  const own = ownLoadOptions(options);
  const file = new AuthorizedUserFile(path, own, clockOf(own));
  return { ...withOverrides(await file.load(scopes), scopes, own), file };
}

/** A file, with the refresh token that was last seen in it. */
export class AuthorizedUserFile {
  /** Where it is. */
  readonly path: string;
  /** Whether new tokens are written back. */
  readonly saves: boolean;
  readonly #text: AuthorizedUserText;
  readonly #adoption: FileAdoption;
  readonly #lock: LockedFile;
  #grant: Grant | undefined;

  constructor(path: string | URL, options: AuthorizedUserFileOptions, clock: Clock) {
    this.path = pathOf(path);
    this.saves = options.save === true;
    this.#text = new AuthorizedUserText(this.path, options.endpoints, clock);
    this.#adoption = new FileAdoption(this.path, this.#text, clock);
    this.#lock = new LockedFile(this.path, clock);
  }

  /** Whether it was for another client or another server when it was last read. */
  get isForeign(): boolean {
    return this.#adoption.isForeign;
  }

  /**
   * Reads the file.
   * @param scopes Those that the caller asks for instead of the file's own.
   */
  async load(scopes?: ScopesLike): Promise<UserCredentialsOptions> {
    return await this.#adoption.load(scopes);
  }

  /**
   * Spends the grant with no other process doing so: under the lock, after taking over what another one has rotated.
   * Without `save` the file is not written, and read again only where the refresh token is refused: another process may have rotated it.
   * @param spending `awaited` tells whether somebody waits for the tokens: a refresh that nobody waits for does not wait for the lock.
   */
  spending(grant: Grant, refresh: () => Promise<TokenSet>, { refused, ...wait }: FileSpending = {}): Promise<TokenSet> {
    const spend = (once: () => Promise<TokenSet>): Promise<TokenSet> => this.#spend(grant, once, refused);
    // A folder that takes no lock takes no file either: the token counts for more than the save, which will tell.
    const unlocked = (): Promise<TokenSet> => spend(refresh);
    if (!this.saves) return unlocked();
    this.#grant = grant;
    return this.#lock.exclusively((lock) => spend(() => this.#whileHeld(lock, grant, refresh)), wait, unlocked);
  }

  /** Ends the grant as it is now: with `save`, under the lock, after taking over what another process has rotated. */
  revoking(grant: Grant, revoke: () => Promise<void>, wait: LockWait = {}): Promise<void> {
    if (!this.saves) return revoke();
    const revokeCurrent = async (lock?: HeldLock): Promise<void> => {
      await this.#adoption.adopt(grant);
      if (lock !== undefined && !(await lock.isHeld())) throw lockLost(this.path);
      await revoke();
    };
    return this.#lock.exclusively(revokeCurrent, wait, revokeCurrent);
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
    const contents = await this.#text.read();
    const { options } = contents;
    if (this.#adoption.isOthers(options)) return;
    const isThere = options.refreshToken === refreshToken;
    if (isThere ? fields === undefined : !this.#adoption.knows(options)) return;
    await this.#text.write(contents, fields ?? { refresh_token: refreshToken });
    if (refreshToken !== undefined) this.#adoption.saw(refreshToken);
  }

  async #spend(grant: Grant, refresh: () => Promise<TokenSet>, refused: RefreshError | undefined): Promise<TokenSet> {
    const { generation } = grant;
    const adopted = this.saves || refused !== undefined ? await this.#adoption.adopt(grant) : undefined;
    if (adopted !== undefined) return adopted;
    if (refused !== undefined && grant.generation === generation) throw refused;
    return await this.#refreshOrAdopt(grant, refresh);
  }

  /** A process that was stopped for long may have lost the lock: what the new holder is spending must not be spent twice. */
  async #whileHeld(lock: HeldLock, grant: Grant, refresh: () => Promise<TokenSet>): Promise<TokenSet> {
    if (await lock.isHeld()) return await refresh();
    const adopted = await this.#adoption.adopt(grant);
    if (adopted === undefined) throw lockLost(this.path);
    return adopted;
  }

  /** A refusal may only mean that a process which honours no lock was quicker. */
  async #refreshOrAdopt(grant: Grant, refresh: () => Promise<TokenSet>): Promise<TokenSet> {
    try {
      return await this.#refreshed(refresh);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const { generation } = grant;
      const adopted = await this.#adoption.adopt(grant);
      if (adopted !== undefined) return adopted;
      if (grant.generation === generation) throw error;
      return await this.#refreshed(refresh);
    }
  }

  async #refreshed(refresh: () => Promise<TokenSet>): Promise<TokenSet> {
    const tokens = await refresh();
    this.#adoption.learn(tokens);
    return tokens;
  }
}
