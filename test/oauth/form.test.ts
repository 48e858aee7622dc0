import { describe, expect, it } from 'vitest';
import { formRequest } from '../../src/oauth/form.js';

const URI = 'https://oauth2.example/token';

describe('A form request', () => {
  it('is a POST of form-encoded parameters that asks for JSON', () => {
    const request = formRequest(URI, { a: '1', b: '2' });

    expect(request).toEqual({
      method: 'POST',
      url: URI,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: 'a=1&b=2',
      resend: true,
    });
  });

  it.each(['a b', 'a+b', 'a&b=c', '1//0%2F', 'line\r\nbreak', 'ünï©ode', "~!*()'"])(
    'carries the value %j so that a server reads it back unchanged, whatever it holds',
    (value) => {
      const { body } = formRequest(URI, { value, after: 'x' });

      expect([...new URLSearchParams(body)]).toEqual([
        ['value', value],
        ['after', 'x'],
      ]);
      expect(body).toMatch(/^[\x21-\x7e]+$/);
    },
  );

  it('leaves out a parameter that is undefined, and keeps one that is empty', () => {
    const { body } = formRequest(URI, { scope: undefined, state: '' });

    expect(body).toBe('state=');
  });

  it('takes headers from its caller over its own', () => {
    const { headers } = formRequest(URI, {}, { accept: 'text/plain', 'x-more': '1' });

    expect(headers).toEqual({
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'text/plain',
      'x-more': '1',
    });
  });

  it('is frozen, headers included, and keeps nothing of what it was made from', () => {
    const given = Object.freeze({ 'x-more': '1' });

    const request = formRequest(URI, Object.freeze({ a: '1' }), given);

    expect(Object.isFrozen(request)).toBe(true);
    expect(Object.isFrozen(request.headers)).toBe(true);
    expect(request.headers).not.toBe(given);
  });
});
