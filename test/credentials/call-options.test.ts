import { expect, it } from 'vitest';
import { refreshOptions, wasAcceptedIn, type RefreshOptions } from '../../src/credentials/call-options.js';

it("takes the caller's own options of a refresh, and nothing that they inherit", () => {
  const options = Object.create({ singleAttempt: true }, { signal: { value: undefined } }) as RefreshOptions;

  expect(refreshOptions(options)?.singleAttempt).toBeUndefined();
  expect(refreshOptions({ singleAttempt: true })?.singleAttempt).toBe(true);
});

it('reads whether a rejected token was accepted before: not, where nobody says so', () => {
  expect([undefined, {}, { wasAccepted: undefined }, { wasAccepted: true }].map(wasAcceptedIn)).toEqual([
    false,
    false,
    false,
    true,
  ]);
});

it.each(['yes', 1, null, {}])('F82 names a "singleAttempt" that is no boolean: %j', (singleAttempt) => {
  expect(() => refreshOptions({ singleAttempt: singleAttempt as never })).toThrow(
    new TypeError('"singleAttempt" must be a boolean'),
  );
});

it('F82 names a "wasAccepted" that is no boolean', () => {
  expect(() => wasAcceptedIn({ wasAccepted: 'yes' as never })).toThrow(
    new TypeError('"wasAccepted" must be a boolean'),
  );
});
