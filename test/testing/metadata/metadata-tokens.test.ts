import { expect, test } from 'vitest';
import type { ManualClock } from '../../../src/testing/clock/manual-clock.js';
import { manualClock } from '../../../src/testing/clock/manual-clock.js';
import type { Attachment } from '../../../src/testing/metadata/metadata-machine.js';
import { machineOf } from '../../../src/testing/metadata/metadata-machine.js';
import { MetadataTokens } from '../../../src/testing/metadata/metadata-tokens.js';
import { Realm } from '../../../src/testing/realm.js';
import { DEFAULT_SETTINGS } from '../../../src/testing/settings.js';

const HOUR_MS = 3_600_000;

interface Stage {
  readonly clock: ManualClock;
  readonly tokens: MetadataTokens;
  readonly attachment: Attachment;
}

function aStage(tokenRenewalMs?: number): Stage {
  const clock = manualClock();
  const realm = new Realm(clock, DEFAULT_SETTINGS);
  const machine = machineOf(realm, tokenRenewalMs === undefined ? {} : { tokenRenewalMs });
  return { clock, tokens: new MetadataTokens(realm, machine), attachment: machine.attachments[0]! };
}

test('everybody gets the same token until 4 minutes before its end, with a life that runs down', async () => {
  const { clock, tokens, attachment } = aStage();
  const first = tokens.get(attachment, ['read']);

  await clock.advance(HOUR_MS - 240_001);
  const stillFirst = tokens.get(attachment, ['read']);
  await clock.advance(1);
  const second = tokens.get(attachment, ['read']);

  expect(stillFirst).toBe(first);
  expect(second.value).not.toBe(first.value);
  expect(second.expiresAt).toBe(clock.now() + HOUR_MS);
});

test('how early a token is replaced can be chosen', async () => {
  const { clock, tokens, attachment } = aStage(300_000);
  const first = tokens.get(attachment, ['read']);

  await clock.advance(HOUR_MS - 300_000);

  expect(tokens.get(attachment, ['read'])).not.toBe(first);
});

test('tokens for the same scopes in another order are the same, and for others are not', () => {
  const { tokens, attachment } = aStage();

  const token = tokens.get(attachment, ['read', 'write']);

  expect(tokens.get(attachment, ['write', 'read'])).toBe(token);
  expect(tokens.get(attachment, ['read'])).not.toBe(token);
});

test('a token that was revoked is handed out until it is forgotten', () => {
  const { tokens, attachment } = aStage();
  const token = tokens.get(attachment, ['read']);
  attachment.account.revokeTokens();

  const again = tokens.get(attachment, ['read']);
  tokens.clear();
  const fresh = tokens.get(attachment, ['read']);

  expect(again).toBe(token);
  expect([token.holder.revoked, fresh.holder.revoked]).toEqual([true, false]);
});
