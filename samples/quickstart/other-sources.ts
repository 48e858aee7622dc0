/** Tokens from a platform's own broker, and tokens that somebody has revoked. */
import { RefreshError, UserCredentials } from 'credence';
import { authorizedFetch } from 'credence/interop';
import type { EmulatedUser, Emulator } from 'credence/testing';
import { clientOf } from './client.js';
import { check, done, step } from './report.js';

export async function showBroker(emulator: Emulator, user: EmulatedUser): Promise<void> {
  step('Ask a token broker: a refresh handler stands in for a refresh token');
  let asked = 0;
  const brokered = new UserCredentials({
    refreshHandler: async (_request, scopes) => {
      asked += 1;
      return Promise.resolve(user.mint(scopes));
    },
  });
  const get = clientOf(brokered);
  const answers = await Promise.all(Array.from({ length: 20 }, () => get(`${emulator.apiUrl}/files`)));
  check(
    asked === 1,
    `${answers.length} calls answered, the broker was asked ${asked === 1 ? 'once' : `${asked} times`}`,
  );
}

export async function showRevocation(
  emulator: Emulator,
  credentials: UserCredentials,
  user: EmulatedUser,
): Promise<void> {
  step('Have the user withdraw their consent: one clear error, and no storm of requests');
  user.revoke();
  const tokenRequests = emulator.requests.token;
  const fetch = authorizedFetch(credentials);
  const errors: RefreshError[] = [];
  for (let n = 0; n < 10; n += 1) {
    try {
      await fetch(`${emulator.apiUrl}/files`);
    } catch (error) {
      if (!(error instanceof RefreshError)) throw error;
      errors.push(error);
    }
  }
  const [first] = errors;
  check(first?.code === 'invalid_grant', `${first?.name ?? 'No error'}: ${first?.message ?? ''}`);
  done(`code: ${String(first?.code)}, retryable: ${String(first?.retryable)}`);
  const spent = emulator.requests.token - tokenRequests;
  check(spent === 1 && errors.length === 10, `${errors.length} of 10 calls failed at once; token requests: ${spent}`);
}
