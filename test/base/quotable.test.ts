import { describe, expect, it } from 'vitest';
import { quotable, WITHHELD } from '../../src/base/quotable.js';

const SECRET = '1//0a~b+c secret';

describe('What is quotable', () => {
  it('is the text itself where it is short, printable and free of secrets', () => {
    expect(quotable('Token has been expired or revoked.', [SECRET, undefined])).toBe(
      'Token has been expired or revoked.',
    );
  });

  it('F79 is withheld where anything in it betrays a secret that is not quoted literally', () => {
    expect(quotable('no such token: 1%2f%2f0a%7eb%2bc', [SECRET])).toBe(WITHHELD);
    expect(quotable('no such token: 1//0a~b+…', [SECRET])).toBe(WITHHELD);
  });

  it('F79 is withheld where a secret is cut off by its end', () => {
    expect(quotable(`${'x'.repeat(290)}${SECRET.slice(0, 9)}`, [SECRET])).toBe(WITHHELD);
    expect(quotable(`${'x'.repeat(296)}${SECRET.toUpperCase()}`, [SECRET])).toBe(WITHHELD);
  });

  it('F79 shows no short secret, and a very short one only as a part of words', () => {
    expect(quotable('bad: hunter2, xhunter2x', ['hunter2'])).toBe('bad: [redacted], x[redacted]x');
    expect(quotable('pw: abc is bad, abcd is not', ['abc'])).toBe('pw: [redacted] is bad, abcd is not');
    expect(quotable('bad: a%2Fb+c', ['a/b c'])).toBe('bad: [redacted]');
    expect(quotable('a token', ['a', ''])).toBe('[redacted] token');
  });

  it('F79 does not let a short secret hide the echo of a long one', () => {
    expect(quotable('no MY-test-SECRET', ['test', 'my-test-secret'])).toBe(WITHHELD);
  });

  it('F79 ends after 300 characters, and says so', () => {
    expect(quotable('x'.repeat(300))).toBe('x'.repeat(300));
    expect(quotable('x'.repeat(301))).toBe(`${'x'.repeat(300)}…`);
    expect(quotable(`x${'\0'.repeat(600)}y`)).toBe('x…');
  });
});
