/** A token that goes stale: it stays in use while the next one is fetched, so that no request waits. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Credentials } from 'credence';
import type { Emulator } from 'credence/testing';
import { clientOf, type Answer } from './client.js';
import { check, done, step } from './report.js';

const LATENCY_MS = 300;

export async function showBackgroundRefresh(emulator: Emulator, credentials: Credentials): Promise<void> {
  step('Let the token go stale: it is refreshed in the background, and nobody waits');
  const get = clientOf(credentials);
  const before = await get(`${emulator.apiUrl}/files`);
  const startedAt = Date.now();
  while (credentials.tokenState === 'fresh') await sleep(20);
  done(`Stale after ${((Date.now() - startedAt) / 1000).toFixed(1)} s more: in the last quarter of its short life`);

  emulator.configure({ latencyMs: LATENCY_MS });
  const answers: Answer[] = [];
  do {
    answers.push(await get(`${emulator.apiUrl}/files`));
    await sleep(20);
  } while (answers.at(-1)?.token === before.token);
  emulator.configure({ latencyMs: 0 });

  const longestMs = Math.max(...answers.map(({ waitedMs }) => waitedMs));
  const text = `${answers.length} calls while the token endpoint took ${LATENCY_MS} ms: the longest waited ${longestMs.toFixed(1)} ms`;
  check(longestMs < LATENCY_MS / 2, text);
  const token = String(answers.at(-1)?.token);
  check(
    token !== before.token,
    `The API saw ${before.token} first and ${token} last; token requests: ${emulator.requests.token}`,
  );
}
