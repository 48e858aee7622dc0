import { expect, it } from 'vitest';
import { manualClock } from 'credence/testing';
import { mintAnother } from '../../../src/credentials/gcloud/gcloud-kept.js';
import { gcloudStandIn } from '../../fixtures/gcloud.js';

const gcloud = gcloudStandIn();
const HELPER = 'config config-helper --format=json';
const WINDOW_MS = 300_000;

it('gcloud is told to refresh while it would give the same token again, and no longer', async () => {
  const clock = manualClock();
  const endsAt = Math.ceil(clock.now() / 1000) * 1000 + 3_600_000;
  gcloud.configure({ expiresAt: endsAt });
  const options = { command: gcloud.command, clock };
  const kept = { until: -Infinity };
  const { signal } = new AbortController();

  await mintAnother(options, kept, signal);
  const { until } = kept;
  await mintAnother(options, kept, signal);
  await clock.advance(endsAt - WINDOW_MS - clock.now());
  await mintAnother(options, kept, signal);

  expect(until).toBe(endsAt - WINDOW_MS);
  expect(gcloud.asked).toEqual([HELPER, `${HELPER} --force-auth-refresh`, HELPER]);
});

it('of a token whose end gcloud does not tell, nothing is known', async () => {
  gcloud.configure({ expiresAt: null });
  const kept = { until: -Infinity };

  await mintAnother({ command: gcloud.command }, kept, new AbortController().signal);

  expect(kept.until).toBe(-Infinity);
});
