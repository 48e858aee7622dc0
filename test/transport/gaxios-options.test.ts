import { expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.js';
import { gaxiosSettings, type GaxiosTransportOptions } from '../../src/transport/gaxios-options.js';

test('Left out, they are the system clock and 5 s to connect', () => {
  expect(gaxiosSettings({})).toEqual({ clock: systemClock, connectTimeoutMs: 5_000 });
});

test('Spelt out as undefined, they are as if left out', () => {
  const options: GaxiosTransportOptions = {
    agent: undefined,
    proxy: undefined,
    noProxy: undefined,
    cert: undefined,
    key: undefined,
    clock: undefined,
    connectTimeoutMs: undefined,
  };

  expect(gaxiosSettings(options)).toEqual({ clock: systemClock, connectTimeoutMs: 5_000 });
});

test('They are copied, the list of hosts too', () => {
  const given = { noProxy: ['example.com'], connectTimeoutMs: 7 };
  const settings = gaxiosSettings(given);

  given.noProxy.push('secret-later.example');

  expect(settings).toEqual({ noProxy: ['example.com'], connectTimeoutMs: 7, clock: systemClock });
});

test.each([
  [null, 'options'],
  ['secret-options', 'options'],
  [{ agent: 'http' }, 'agent'],
  [{ agent: null }, 'agent'],
  [{ clock: null }, 'clock'],
  [{ clock: 'secret-clock' }, 'clock'],
  [{ proxy: 'secret proxy' }, 'proxy'],
  [{ proxy: 7 }, 'proxy'],
  [{ noProxy: 'secret-host' }, 'noProxy'],
  [{ cert: 'secret-cert' }, 'cert'],
  [{ cert: 'secret-cert', key: 7 }, 'key'],
  [{ key: 'secret-key' }, 'cert'],
  [{ connectTimeoutMs: 0 }, 'connectTimeoutMs'],
  [{ connectTimeoutMs: Number.NaN }, 'connectTimeoutMs'],
  [{ connectTimeoutMs: '5000' }, 'connectTimeoutMs'],
])('%j is refused by the name of the option, without its value', (given, name) => {
  const build = (): unknown => gaxiosSettings(given as unknown as GaxiosTransportOptions);

  expect(build).toThrow(TypeError);
  expect(build).toThrow(new RegExp(`^"${name}" must be (?!.*secret)`));
});
