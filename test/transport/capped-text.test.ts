import { get, type IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { BodyTooLarge, cappedText } from '../../src/transport/capped-text.js';
import { startFaultyServer, type FaultyServer } from '../contract/faulty-server.js';
import { rejection } from '../contract/secrets.js';

test.each(['gzip', 'deflate', 'br'])('A body packed with %s is unpacked', async (path) => {
  await using server = await startFaultyServer();

  const text = await cappedText(await answerOf(server, path));

  expect(JSON.parse(text)).toHaveProperty('packed');
});

test('F9 A packed body that ends too early is refused', async () => {
  await using server = await startFaultyServer();

  const error = await rejection(cappedText(await answerOf(server, 'halfgzip')));

  expect(error).toMatchObject({ code: 'Z_BUF_ERROR' });
});

test.each(['endless', 'bomb'])('F16 Reading stops past 1 MiB (%s)', async (path) => {
  await using server = await startFaultyServer();
  const answer = await answerOf(server, path);

  const error = await rejection(cappedText(answer));
  answer.destroy();

  expect(error).toBeInstanceOf(BodyTooLarge);
});

test.each(['nogzip', 'emptygzip'])('An empty body has nothing to unpack (%s)', async (path) => {
  await using server = await startFaultyServer();

  expect(await cappedText(await answerOf(server, path))).toBe('');
});

async function answerOf(server: FaultyServer, path: string): Promise<IncomingMessage> {
  return await new Promise((resolve, reject) => get(`${server.url}/${path}`, resolve).on('error', reject));
}
