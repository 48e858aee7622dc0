/** A token server: the token is replaced while nobody asks for it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Credentials } from 'credence';
import { TokenServer } from 'credence/server';
import type { Emulator } from 'credence/testing';
import { check, done, step } from './report.js';

const LATENCY_MS = 200;
const HOUR_MS = 3_600_000;

export async function showTokenServer(emulator: Emulator, credentials: Credentials): Promise<void> {
  step('Keep the token warm with a token server: it is replaced while nobody asks for it');
  emulator.configure({ accessTokenLifetimeMs: 2_900, latencyMs: LATENCY_MS });
  await using server = await TokenServer.start({ name: 'quickstart', source: credentials });
  const first = await server.refresh();
  emulator.configure({ accessTokenLifetimeMs: HOUR_MS });

  const states = new Set<string>();
  const startedAt = Date.now();
  while (credentials.token === first.value) {
    states.add(credentials.tokenState);
    await sleep(20);
  }
  emulator.configure({ latencyMs: 0 });
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  check(!states.has('invalid'), `Replaced after ${seconds} s of its 2 s; it was usable to the last`);
  const token = await TokenServer.fetch('quickstart');
  done(`TokenServer.fetch('quickstart') has it at once: ${String(token)}`);
}
