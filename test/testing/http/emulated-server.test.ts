import { expect, onTestFinished, test } from 'vitest';
import { manualClock } from '../../../src/testing/clock/manual-clock.js';
import { FaultPlan } from '../../../src/testing/faults/fault-plan.js';
import { startServer } from '../../../src/testing/http/emulated-server.js';
import { jsonAnswer } from '../../../src/testing/http/http-exchange.js';
import type { Route } from '../../../src/testing/http/routes.js';
import { Realm } from '../../../src/testing/realm.js';
import { DEFAULT_SETTINGS } from '../../../src/testing/settings.js';
import { ask } from '../emulator-client.js';

async function serve(route: Route): Promise<{ origin: string; realm: Realm }> {
  const realm = new Realm(manualClock(), DEFAULT_SETTINGS);
  const closing = new AbortController();
  const faults = new FaultPlan(Math.random);
  const server = await startServer({ realm, faults, routeOf: () => route, closing: closing.signal });
  onTestFinished(() => server.close());
  return { origin: server.origin, realm };
}

test('requests and connections are counted', async () => {
  const { origin, realm } = await serve({ target: 'metadata', serve: () => jsonAnswer(200, {}) });

  const { status } = await ask(origin);

  expect(status).toBe(200);
  expect(realm.requests.view).toMatchObject({ metadata: 1, connections: 1, log: [{ endpoint: 'metadata' }] });
});

test('an endpoint that breaks breaks the connection, and not the process', async () => {
  const { origin } = await serve({
    target: 'metadata',
    serve: () => {
      throw new Error('broken');
    },
  });

  await expect(ask(origin)).rejects.toThrow('fetch failed');
});
