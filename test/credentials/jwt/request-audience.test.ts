import { describe, expect, test } from 'vitest';
import { BY_ORIGIN, BY_URL, requestTarget, type AudienceRule } from '../../../src/credentials/jwt/request-audience.js';

/** Every spelling that a parser understands, and that a careless cut would not. */
const SPELLINGS = ['a.example', 'b.example'].flatMap((host) => [
  `https://${host}`,
  `https://${host}/`,
  `https://${host}/v1?x=https://a.example/`,
  `https://${host}?x=/`,
  `https://${host}#/`,
  `https://${host}:443/v1`,
  `https://${host}:8443/v1`,
  `https://${host}\\v1/x`,
  `https:/${host}/v1`,
  `https:${host}/v1`,
  `https:\\\\${host}\\v1`,
  `https:///${host}/v1`,
  `https://\t/${host}/v1`,
  `https://user@${host}/v1`,
  `https://a.example@${host}/v1`,
  `HTTPS://${host.toUpperCase()}/v1`,
  ` https://${host}/v1`,
  `https://${host}/v1 `,
  `https://${host}/v1/../v1`,
  `http://${host}/v1`,
  `wss://${host}/v1`,
]);

const audience = (rule: AudienceRule, url: string): string => rule.audienceOf(requestTarget(url));

describe('One audience for each host', () => {
  test.each([
    ['https://pubsub.googleapis.com/v1/projects/p?x=1#y', 'https://pubsub.googleapis.com/'],
    ['https://PUBSUB.googleapis.com:443', 'https://pubsub.googleapis.com/'],
    ['https://localhost:8443/v1', 'https://localhost:8443/'],
    ['https://[::1]:8443/v1', 'https://[::1]:8443/'],
    ['https://user:secret@api.example/v1', 'https://api.example/'],
  ])('%s → %s', (url, expected) => {
    expect(audience(BY_ORIGIN, url)).toBe(expected);
  });
});

describe('One audience for each URL', () => {
  test.each([
    ['https://pubsub.googleapis.com/v1/projects/p?x=1#y', 'https://pubsub.googleapis.com/v1/projects/p'],
    ['https://pubsub.googleapis.com', 'https://pubsub.googleapis.com/'],
    ['https://user:secret@api.example/v1/../v2', 'https://api.example/v2'],
  ])('%s → %s', (url, expected) => {
    expect(audience(BY_URL, url)).toBe(expected);
  });
});

describe.each([
  ['BY_ORIGIN', BY_ORIGIN],
  ['BY_URL', BY_URL],
])('The guess of %s', (_name, rule) => {
  test('is right for URLs in their normal spelling', () => {
    const url = 'https://pubsub.googleapis.com/v1/projects/p?x=1';

    expect(rule.guessKey(url)).toBe(rule.keyOf(new URL(url)));
  });

  test('never names another audience than that of the URL, however it is spelt', () => {
    const keys = new Set(SPELLINGS.map((url) => rule.keyOf(requestTarget(url))));

    const wrong = SPELLINGS.filter((url) => {
      const guess = rule.guessKey(url);
      return keys.has(guess) && guess !== rule.keyOf(requestTarget(url));
    });

    expect(keys.size).toBeGreaterThan(2);
    expect(wrong).toEqual([]);
  });
});

test.each(['/v1/topics', '', 'pubsub.googleapis.com/v1', 'mailto:a@b.example', 'data:,x', 7, undefined])(
  'A URL that names no host is a TypeError: %j',
  (url) => {
    expect(() => requestTarget(url)).toThrow(
      new TypeError('"url" must be an absolute URL: its host tells whom the token is for'),
    );
  },
);
