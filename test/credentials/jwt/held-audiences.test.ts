import { expect, test } from 'vitest';
import { StaticCredentials, type Credentials, type Signer } from 'credence';
import { loadHeldAudiences } from '../../../src/credentials/jwt/held-audiences.js';
import { BY_ORIGIN } from '../../../src/credentials/jwt/request-audience.js';
import { countedSigner, SIGNER } from '../../fixtures/service-account.js';

async function held(maxAudiences?: number, signer: Signer = countedSigner()) {
  const made: string[] = [];
  const hold = await loadHeldAudiences();
  const audiences = hold({
    maxAudiences,
    signer,
    rule: BY_ORIGIN,
    credentialsFor: (audience) => {
      made.push(audience);
      return new StaticCredentials({ token: 'token' });
    },
  });
  const used: Credentials[] = [];
  return {
    made,
    audiences,
    used,
    use: (host: string, work: Promise<void> = Promise.resolve(), signal?: AbortSignal) =>
      audiences.use(
        new URL(`https://${host}/`),
        (credentials) => {
          used.push(credentials);
          return work;
        },
        signal,
      ),
  };
}

test('The credentials of an audience are made once, and found by its key', async () => {
  const { audiences, use, used, made } = await held();

  await use('one');
  await use('one');

  expect(used[1]).toBe(used[0]);
  expect(audiences.get('https://one')).toBe(used[0]);
  expect(audiences.values()).toEqual([used[0]]);
  expect(made).toEqual(['https://one/']);
});

test.each([
  ['here', SIGNER],
  ['elsewhere', countedSigner()],
])('F58 Whoever makes room is remembered while somebody waits, and no longer: a key held %s', async (_, signer) => {
  const { use, made } = await held(1, signer);
  let end = (): void => undefined;
  const work = new Promise<void>((resolve) => (end = resolve));

  const waiting = Promise.all(['one', 'two', 'one', 'two'].map((host) => use(host, work)));
  const whileWaiting = [...made];
  end();
  await waiting;
  await use('one');

  expect(whileWaiting).toEqual(['https://one/', 'https://two/']);
  expect(made).toEqual(['https://one/', 'https://two/', 'https://one/']);
});

test('At most 32 tokens by keys that are held here are begun at once', async () => {
  const { use, made } = await held(undefined, SIGNER);
  let end = (): void => undefined;
  const work = new Promise<void>((resolve) => (end = resolve));

  const waiting = Promise.all(Array.from({ length: 100 }, (_, index) => use(`host-${index}`, work)));
  const begun = made.length;
  end();
  await waiting;

  expect([begun, made.length]).toEqual([32, 100]);
});

test('F55 Who leaves before their turn makes nothing', async () => {
  const { use, made } = await held(undefined, SIGNER);

  await expect(use('one', Promise.resolve(), AbortSignal.abort('gone'))).rejects.toBe('gone');

  expect(made).toEqual([]);
});

test('What goes wrong is told to whoever waited', async () => {
  const { use } = await held();

  await expect(use('one', Promise.reject(new Error('refused')))).rejects.toThrow('refused');
});
