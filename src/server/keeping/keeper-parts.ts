/** What the keeper of a token is made of. */
import type { Credentials } from '../../credentials/credentials.js';
import type { RequestLike } from '../../transport/transport.js';
import type { Dispatcher } from '../queues/dispatcher.js';
import type { ServerPlan } from '../server-plan.js';

/** What a keeper is made of. */
export interface KeeperParts {
  /** The name of the token. */
  readonly name: string;
  /** How it is kept. */
  readonly plan: ServerPlan;
  /** What it shares with others. */
  readonly dispatcher: Dispatcher;
  /** The credentials, where they are known from the start. */
  readonly credentials: Credentials | undefined;
  /** Finds the credentials otherwise. */
  readonly find: (() => Promise<Credentials>) | undefined;
  /** How to send token requests. */
  readonly request: RequestLike | undefined;
  /**
   * Whether, before there was a first token, only callers have one asked for.
   * @default false
   */
  readonly isLazy?: boolean | undefined;
}
