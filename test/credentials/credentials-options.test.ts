import { describe, expect, it } from 'vitest';
import { systemClock, type CredentialsOptions } from 'credence';
import { clockOf, CREDENTIALS_OPTIONS, credentialsOptions } from '../../src/credentials/credentials-options.js';

describe('the options of every kind', () => {
  it('are copied by their own known names, frozen, and without what is undefined', () => {
    const options: CredentialsOptions = Object.assign(
      Object.create({ universeDomain: 'inherited.example' }) as object,
      {
        quotaProjectId: 'q',
        allowInsecure: undefined,
        unknown: 1,
      },
    );

    const record = credentialsOptions(options);

    expect(Object.keys(record)).toEqual(['quotaProjectId']);
    expect(record.universeDomain).toBeUndefined();
    expect(Object.isFrozen(record)).toBe(true);
  });

  it('are given back as they are where they were copied before', () => {
    const record = credentialsOptions({ quotaProjectId: 'q' });

    expect(credentialsOptions(record)).toBe(record);
  });

  it('default to the machine’s clock', () => {
    expect(clockOf({})).toBe(systemClock);
  });

  it('have each a name in the list by which kinds copy them', () => {
    expect([...CREDENTIALS_OPTIONS].sort()).toEqual(
      ['allowInsecure', 'clock', 'quotaProjectId', 'transport', 'universeDomain', 'usageHeader'].sort(),
    );
  });

  it.each([null, 5, {}, { now: (): number => 0 }])('F82 refuse %j as a clock by its name', (clock) => {
    const options = { clock } as unknown as CredentialsOptions;

    expect(() => credentialsOptions(options)).toThrow(/^"clock" must /);
    expect(() => clockOf(options)).toThrow(/^"clock" must /);
  });

  it.each([null, 5, 'x'])('refuse %j with a TypeError', (options) => {
    expect(() => credentialsOptions(options as never)).toThrow(/"options" must be an object/);
  });
});
