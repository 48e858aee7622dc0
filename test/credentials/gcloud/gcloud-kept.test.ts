import { expect, it } from 'vitest';
import { manualClock } from 'credence/testing';
import { mintAnother } from '../../../src/credentials/gcloud/gcloud-kept.js';
import { TokenCell } from '../../../src/tokens/token-cell.js';
import { gcloudStandIn } from '../../fixtures/gcloud.js';

const gcloud = gcloudStandIn();
const HELPER = 'config config-helper --format=json';
const ANEW = `${HELPER} --force-auth-refresh`;
const { signal } = new AbortController();

it('gcloud is told to refresh while it would give the same token again, and no longer', async () => {
  const clock = manualClock();
  const endsAt = Math.ceil(clock.now() / 1000) * 1000 + 3_600_000;
  gcloud.configure({ expiresAt: endsAt });
  const options = { command: gcloud.command, clock };
  const cell = new TokenCell({ clock });

  await mintAnother(options, cell, signal);
  await mintAnother(options, cell, signal);
  await clock.advance(endsAt - 300_000 - clock.now());
  await mintAnother(options, cell, signal);

  expect(gcloud.asked).toEqual([HELPER, ANEW, HELPER]);
});

it('who shares no cell got another token', async () => {
  const clock = manualClock();
  gcloud.configure({ expiresAt: clock.now() + 3_600_000 });
  const options = { command: gcloud.command, clock };

  await mintAnother(options, new TokenCell({ clock }), signal);
  await mintAnother(options, new TokenCell({ clock }), signal);

  expect(gcloud.asked).toEqual([HELPER, HELPER]);
});

it('of a token whose end gcloud does not tell, nothing is known', async () => {
  const clock = manualClock();
  gcloud.configure({ expiresAt: null });
  const cell = new TokenCell({ clock });

  await mintAnother({ command: gcloud.command, clock }, cell, signal);
  await mintAnother({ command: gcloud.command, clock }, cell, signal);

  expect(gcloud.asked).toEqual([HELPER, HELPER]);
});
