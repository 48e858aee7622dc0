import { expect, test } from 'vitest';
import { RequestLog } from '../../../src/testing/http/request-log.js';
import type { RequestRecord } from '../../../src/testing/http/request-record.js';

function aRecord(at: number): RequestRecord {
  return Object.freeze({
    endpoint: 'api',
    method: 'GET',
    path: '/api',
    status: 200,
    fault: undefined,
    at,
    headers: {},
  });
}

test('the view is live and cannot be written to', () => {
  const log = new RequestLog();
  const { view } = log;

  log.count('token');
  log.count('token');
  log.count('deadTokens');

  expect(view).toMatchObject({
    token: 2,
    revoke: 0,
    tokenInfo: 0,
    api: 0,
    unauthorized: 0,
    deadTokens: 1,
    connections: 0,
    total: 0,
  });
  expect(() => ((view as { token: number }).token = 0)).toThrow(TypeError);
  expect(() => (view.log as RequestRecord[]).push(aRecord(1))).toThrow(TypeError);
});

test('a list of records once taken does not grow', () => {
  const log = new RequestLog();
  log.add(aRecord(1));

  const taken = log.view.log;
  log.add(aRecord(2));

  expect(taken.map(({ at }) => at)).toEqual([1]);
  expect(log.view.log.map(({ at }) => at)).toEqual([1, 2]);
});

test('a reset sets everything to zero', () => {
  const log = new RequestLog();
  log.count('api');
  log.add(aRecord(1));

  log.view.reset();

  expect(log.view).toMatchObject({ api: 0, log: [] });
});

test('the oldest records go when there are more than 10,000', () => {
  const log = new RequestLog();

  for (let at = 0; at < 10_001; at += 1) log.add(aRecord(at));

  expect(log.view.log).toHaveLength(10_000);
  expect(log.view.log[0]?.at).toBe(1);
});
