import { expect, test } from 'vitest';
import { systemClock } from '../../../src/base/clock.js';
import { routesOf } from '../../../src/testing/http/routes.js';
import { Realm } from '../../../src/testing/realm.js';
import { DEFAULT_SETTINGS } from '../../../src/testing/settings.js';
import { anEmulator, ask } from '../emulator-client.js';

test.each([
  ['POST', '/token', 'token'],
  ['GET', '/token', 'token'],
  ['POST', '/revoke', 'revoke'],
  ['GET', '/tokeninfo', 'tokenInfo'],
  ['DELETE', '/api', 'api'],
  ['PUT', '/api/a/b', 'api'],
  ['GET', '/redirect', 'redirect'],
  ['GET', '/oauth2/v3/certs', 'certs'],
  ['GET', '/oauth2/v1/certs', 'certs'],
  ['GET', '/robot/v1/metadata/x509/me%40example.com', 'certs'],
  ['GET', '/robot/v1/metadata/jwk/me@example.com', 'certs'],
  ['POST', '/v1/projects/-/serviceAccounts/me@example.com:signBlob', 'signBlob'],
  ['POST', '/v1/projects/-/serviceAccounts/me@example.com:signJwt', 'signJwt'],
  ['POST', '/v1/projects/-/serviceAccounts/me@example.com:generateIdToken', 'generateIdToken'],
  ['GET', '/v1/projects/-/serviceAccounts/me@example.com:generateAccessToken', 'generateAccessToken'],
  ['POST', '/v1/projects/-/serviceAccounts/me@example.com:actAs', 'unknown'],
  ['POST', '/v1/projects/-/serviceAccounts/me@example.com:constructor', 'unknown'],
  ['GET', '/robot/v1/metadata/x509/', 'unknown'],
  ['GET', '/', 'unknown'],
  ['POST', '/token/', 'unknown'],
  ['GET', '/apis', 'unknown'],
])('%s %s goes to %s', (method, path, target) => {
  const routeOf = routesOf(new Realm(systemClock, DEFAULT_SETTINGS));

  expect(routeOf(method, path).target).toBe(target);
});

test.each([
  ['/token', 'GET', 'POST'],
  ['/revoke', 'GET', 'POST'],
  ['/tokeninfo', 'PUT', 'GET, POST'],
  ['/oauth2/v3/certs', 'POST', 'GET'],
  ['/v1/projects/-/serviceAccounts/me@example.com:signBlob', 'GET', 'POST'],
])('%s refuses %s with 405 and says what it takes', async (path, method, allowed) => {
  const emulator = await anEmulator();

  const { status, headers } = await ask(`${emulator.url}${path}`, { method });

  expect([status, headers.get('allow')]).toEqual([405, allowed]);
});
