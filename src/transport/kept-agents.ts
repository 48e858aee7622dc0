/** Connections that are kept between requests: a new TLS handshake costs as much time as ten answers. */
import type { Agent } from 'node:http';

/** Servers commonly hang up on an idle connection after 5 s; a request sent into that moment is lost. */
const IDLE_TIMEOUT_MS = 4_000;
/** Enough for a burst of refreshes at one issuer; one after the other, requests share one connection. */
const MAX_IDLE_PER_ENDPOINT = 8;

/** The agent for a protocol: whether it is the secure one. */
export type KeptAgents = (secure: boolean) => Agent;

/** Gives the agent for a protocol, the same one every time. Its idle connections do not hold the process open. */
export function keptAgents(): KeptAgents {
  const agents = new Map<boolean, Agent>();
  return (secure) => {
    const agent = agents.get(secure) ?? newAgent(secure);
    agents.set(secure, agent);
    return agent;
  };
}

function newAgent(secure: boolean): Agent {
  const options = {
    keepAlive: true,
    maxFreeSockets: MAX_IDLE_PER_ENDPOINT,
    scheduling: 'lifo',
    timeout: IDLE_TIMEOUT_MS,
  } as const;
  return secure ? new (nodeHttps().Agent)(options) : new (nodeHttp().Agent)(options);
}

/** `node:http`, loaded on first use; as an ES module import it would bring in much more than itself. */
export function nodeHttp(): typeof import('node:http') {
  return process.getBuiltinModule('node:http');
}

/** `node:https`, loaded on first use. */
export function nodeHttps(): typeof import('node:https') {
  return process.getBuiltinModule('node:https');
}
