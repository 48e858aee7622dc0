import { describe, expect, it } from 'vitest';
import { RefreshError } from 'credence';
import { manualClock } from 'credence/testing';
import {
  forgetRefusal,
  isRefusal,
  rememberingRefusal,
  untilSignIn,
} from '../../../src/credentials/user/grant-refusals.js';
import { adopt } from '../../../src/tokens/grant-spending.js';
import { Grant } from '../../../src/tokens/grant.js';
import { TokenCell } from '../../../src/tokens/token-cell.js';

const refusal = new RefreshError('invalid_grant', 'Refused.', { oauthError: 'invalid_grant', status: 400 });

/** A cell whose grant was refused. */
async function refused(error: Error = refusal): Promise<{ cell: TokenCell; grant: Grant }> {
  const grant = new Grant('r');
  const cell = new TokenCell({ clock: manualClock(), grant });
  await rememberingRefusal(cell, grant, () => Promise.reject(error)).catch(() => undefined);
  return { cell, grant };
}

const known = (cell: TokenCell, grant: Grant): Promise<RefreshError | undefined> =>
  rememberingRefusal(cell, grant, (error) => Promise.resolve(error));

describe('a refusal', () => {
  it.each([
    ['invalid_grant', true],
    ['reauth_required', true],
    ['request_refused', false],
    ['server_unavailable', false],
    ['revoked', false],
  ] as const)('is what the server says of the refresh token itself: %s, %j', (code, is) => {
    expect(isRefusal(new RefreshError(code, 'x'))).toBe(is);
  });

  it('is no other error', () => {
    expect(isRefusal(Object.assign(new Error('x'), { code: 'invalid_grant' }))).toBe(false);
  });

  it('F39 is told whoever spends that refresh token again', async () => {
    const { cell, grant } = await refused();

    expect(await known(cell, grant)).toBe(refusal);
    expect(await known(new TokenCell({ clock: manualClock(), grant }), grant)).toBeUndefined();
  });

  it('is over with another refresh token, and when it is forgotten', async () => {
    const [one, two] = [await refused(), await refused()];

    adopt(one.grant, 'newer');
    forgetRefusal(two.cell);

    expect([await known(one.cell, one.grant), await known(two.cell, two.grant)]).toEqual([undefined, undefined]);
  });

  it('is not what any other failure is', async () => {
    const { cell, grant } = await refused(new RefreshError('server_unavailable', 'down', { retryable: true }));

    expect(await known(cell, grant)).toBeUndefined();
  });

  it('says the same with the time at which the file is looked at again', () => {
    const { nextAttemptAt, ...said } = untilSignIn(refusal, 5_000);

    expect(said).toEqual({ ...refusal });
    expect([nextAttemptAt, untilSignIn(refusal, 0, 'More.').message]).toEqual([65_000, 'More.']);
  });
});
