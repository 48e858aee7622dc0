/** Weighs objects that hold a token of their own, once they have been used. */
import { randomBytes } from 'node:crypto';
import { heapHeld } from '../measure/bytes.js';
import { inputOf, report } from '../measure/child.js';
import { incumbent, NOBODY, ours } from './fixtures.js';

/** 220 and 104 characters of base64url: as long as Google's, and whole, as a part of a longer string would keep that alive. */
const TOKEN_BYTES = 165;
const REFRESH_TOKEN_BYTES = 78;

type Make = (token: string, refreshToken: string) => object | Promise<object>;

const makers: Record<'floor' | 'ours' | 'incumbent', Make> = {
  floor: (token, refreshToken) => ({ token, refreshToken, expiresAt: Date.now() + 3_600_000 }),
  ours: (token, refreshToken) => {
    const credentials = ours({ ...NOBODY, refresh_token: refreshToken }, { token });
    credentials.tryApply({});
    return credentials;
  },
  incumbent: async (token, refreshToken) => {
    const client = incumbent({ ...NOBODY, refresh_token: refreshToken }, { token });
    await client.getRequestHeaders();
    return client;
  },
};

const { who, objects } = inputOf<{ readonly who: keyof typeof makers; readonly objects: number }>();
const make = makers[who];
// The first ones pay for what all of them share.
for (let index = 0; index < 100; index += 1) await make(text(TOKEN_BYTES), text(REFRESH_TOKEN_BYTES));
const held: object[] = Array.from({ length: objects }, () => makers);
const before = heapHeld();
for (let index = 0; index < objects; index += 1) held[index] = await make(text(TOKEN_BYTES), text(REFRESH_TOKEN_BYTES));
// What a weak reference points to is held until the job that made it is over.
await new Promise((resolve) => setImmediate(resolve));
const bytes = (heapHeld() - before) / held.length;
report(bytes);

function text(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}
