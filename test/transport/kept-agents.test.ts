import { Agent } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import { expect, test } from 'vitest';
import { keptAgents } from '../../src/transport/kept-agents.js';

test('There is one agent for each protocol, and it keeps connections', () => {
  const agents = keptAgents();

  const [plain, secure] = [agents(false), agents(true)];

  expect([plain instanceof Agent, plain instanceof SecureAgent, secure instanceof SecureAgent]).toEqual([
    true,
    false,
    true,
  ]);
  expect([agents(false), agents(true)]).toEqual([plain, secure]);
  expect([plain, secure]).toMatchObject([{ options: { keepAlive: true } }, { options: { keepAlive: true } }]);
});

test('Connections are not shared between two sets of agents', () => {
  expect(keptAgents()(false)).not.toBe(keptAgents()(false));
});
