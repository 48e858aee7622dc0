import { expect, test } from 'vitest';
import { guessOrigin, guessUrl } from '../../../src/credentials/jwt/audience-guess.js';

test.each([
  ['https://a.example/v1/x?y=1#z', 'https://a.example', 'https://a.example/v1/x'],
  ['https://a.example:8443/', 'https://a.example:8443', 'https://a.example:8443/'],
  ['https://a.example#z?y', 'https://a.example#z?y', 'https://a.example'],
  ['https://a.example', 'https://a.example', 'https://a.example'],
  ['', '', ''],
])('The guesses for %j are cut out of it', (url, origin, whole) => {
  expect([guessOrigin(url), guessUrl(url)]).toEqual([origin, whole]);
});
