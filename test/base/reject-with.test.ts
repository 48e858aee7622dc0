import { expect, it } from 'vitest';
import { rejectWith } from '../../src/base/reject-with.js';

it.each(['left', undefined, new Error('broken')])('rejects with the very reason: %s', async (reason) => {
  await expect(new Promise((_, reject) => rejectWith(reason, reject))).rejects.toBe(reason);
});
