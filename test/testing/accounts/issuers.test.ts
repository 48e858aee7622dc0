import { expect, test } from 'vitest';
import { startEmulator } from '../../../src/testing/emulator.js';
import { anEmulator } from '../emulator-client.js';

test('everything that hands out credentials works without options', async () => {
  const emulator = await anEmulator();

  const { user } = await emulator.authorizedUser();
  const { account } = await emulator.serviceAccount();
  const { accounts } = await emulator.metadata();

  expect(user.email).toBe('user-1@example.com');
  expect([account, ...accounts].map(({ email }) => email)).toEqual([
    'robot-1@emulated-project.iam.gserviceaccount.com',
    'vm-2@emulated-project.iam.gserviceaccount.com',
  ]);
  expect(emulator.client().scopes).toHaveLength(1);
});

test('a metadata server that starts while its emulator closes does not outlive it', async () => {
  const listening = (): number => process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap').length;
  const emulator = await startEmulator();

  const starting = emulator.metadata();
  await Promise.all([emulator.close(), expect(starting).rejects.toThrow('The emulator is closed.')]);

  // A handle is gone a little after its server has closed.
  await expect.poll(listening).toBe(0);
});
