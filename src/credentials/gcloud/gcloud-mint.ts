/** Mints by gcloud: asks it for a token and for the end of that token's life, and for the token alone where it cannot say more. */
import type { Clock } from '../../base/clock.js';
import { gcloudFailed, isAboutSignIn, type GcloudFailure } from '../../google/gcloud-failure.js';
import { readAccessToken, readConfigHelper, type GcloudToken } from '../../google/gcloud-output.js';
import { AccessToken } from '../../tokens/access-token.js';
import { cappedExpiry } from '../../tokens/capped-expiry.js';
import { TokenSet } from '../../tokens/token-set.js';
import { gcloudAsk, type GcloudAsk } from './gcloud-ask.js';
import { runGcloud } from './gcloud-command.js';
import type { GcloudCliCredentialsOptions } from './gcloud-options.js';

/** How one mint goes about it. */
export interface GcloudMint {
  /** Where time is read. */
  readonly clock: Clock;
  /** Ends the commands. */
  readonly signal: AbortSignal;
  /** Whether gcloud must not give the token that it keeps. */
  readonly anew: boolean;
}

/** A way to ask for a token: a command, and how its output reads. */
interface Question {
  readonly args: readonly string[];
  readonly read: (stdout: string) => GcloudToken | undefined;
  /** Whether nothing can follow that would change how the output reads. */
  readonly isWhole: (stdout: string) => boolean;
}

/** A JSON object that has been closed is whole. */
const CONFIG_HELPER: Question = {
  args: ['config', 'config-helper', '--format=json'],
  read: readConfigHelper,
  isWhole: (stdout) => readConfigHelper(stdout) !== undefined,
};
/** So is a line that has ended. */
const PRINT_ACCESS_TOKEN: Question = {
  args: ['auth', 'print-access-token'],
  read: readAccessToken,
  isWhole: (stdout) => stdout.endsWith('\n') && readAccessToken(stdout) !== undefined,
};

/**
 * Asks gcloud for a token, by two commands at most.
 * @throws RefreshError that says what gcloud could not do.
 */
export async function mintByGcloud(options: GcloudCliCredentialsOptions, mint: GcloudMint): Promise<TokenSet> {
  const ask = gcloudAsk(options);
  const token = await obtain(ask, mint);
  // gcloud takes a second or more, which may be all of an assumed life.
  const answeredAt = mint.clock.now();
  const expiresAt = cappedExpiry(token.expiresAt ?? answeredAt + ask.assumedLifetimeMs, answeredAt);
  return new TokenSet({
    accessToken: new AccessToken(token.accessToken, { expiresAt }),
    expiryAssumed: token.expiresAt === undefined,
  });
}

async function obtain(ask: GcloudAsk, mint: GcloudMint): Promise<GcloudToken> {
  const first = await answerTo(CONFIG_HELPER, ask, mint);
  if (!('stderr' in first)) return first;
  // A token that was wanted anew is not asked for by a command that knows no such wish.
  if (mint.anew || isAboutSignIn(first)) throw gcloudFailed(first);
  const second = await answerTo(PRINT_ACCESS_TOKEN, ask, mint);
  if ('stderr' in second) throw gcloudFailed(second);
  return second;
}

async function answerTo(
  question: Question,
  ask: GcloudAsk,
  { clock, signal, anew }: GcloudMint,
): Promise<GcloudToken | GcloudFailure> {
  const { command, account, timeoutMs } = ask;
  const force = anew ? ['--force-auth-refresh'] : [];
  const args = [...question.args, ...force, ...(account === undefined ? [] : [`--account=${account}`])];
  const outcome = await runGcloud(args, { command, clock, timeoutMs, signal, isWhole: question.isWhole });
  const token = outcome.exitCode === 0 ? question.read(outcome.stdout) : undefined;
  return token ?? { ...outcome, command: ['gcloud', ...args].join(' '), account, now: clock.now() };
}
