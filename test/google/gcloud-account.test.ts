import { describe, expect, test } from 'vitest';
import { isGcloudAccount } from '../../src/google/gcloud-account.js';

describe('isGcloudAccount', () => {
  test.each([
    'ann@example.com',
    "a.o'neil+tag_x-1@sub.example.com",
    'robot@my-project.iam.gserviceaccount.com',
    '123-compute@developer.gserviceaccount.com',
    'principal://iam.googleapis.com/locations/global/workforcePools/pool/subject/ann@example.com',
  ])('%s is one', (account) => {
    expect(isGcloudAccount(account)).toBe(true);
  });

  test.each([
    ...['', 'ann', '@example.com', 'ann@', 'ann@-x', '-a@example.com', '--help@example.com', 'a b@example.com'],
    ...['a@example.com\n', 'a@example.com --project=x', 'a"b@example.com', 'a&b@example.com', '%PATH%@example.com'],
    ...['a@b@example.com', 'principal://evil.example.com/x', `${'a'.repeat(320)}@example.com`, 5, undefined, {}],
  ])('%j is none', (account) => {
    expect(isGcloudAccount(account)).toBe(false);
  });
});
