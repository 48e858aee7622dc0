/** The way of one request through an emulator: count, fault, answer, delay, record, send. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiRefusal } from '../apis/api-refusal.js';
import { answerOf } from '../faults/fault-answer.js';
import type { FaultPlan } from '../faults/fault-plan.js';
import { kindOf, letsProcess } from '../faults/fault-reading.js';
import type { Fault } from '../faults/fault.js';
import { Refusal } from '../oauth/refusal.js';
import type { Realm } from '../realm.js';
import { send, sendFaulty } from './delivery.js';
import type { Answer, Endpoint, Incoming } from './http-exchange.js';
import { jsonAnswer, readBody, urlOf } from './http-exchange.js';
import type { RequestTarget } from './request-record.js';
import { recordOf } from './request-record.js';
import type { Route } from './routes.js';

/** What requests are handled with. */
export interface Handling {
  readonly realm: Realm;
  readonly faults: FaultPlan;
  readonly routeOf: (method: string, path: string) => Route;
  /** Aborts when the emulator closes. */
  readonly closing: AbortSignal;
}

/** Handles one request from its arrival to the last byte. Rejects where the client goes away or the emulator closes. */
export async function handleRequest(
  handling: Handling,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { realm, faults, routeOf, closing } = handling;
  const url = urlOf(message);
  if (url === undefined) {
    send(response, jsonAnswer(400, { error: 'invalid_request' }));
    return;
  }
  const method = message.method ?? 'GET';
  const { target, serve } = routeOf(method, url.pathname);
  const fault = countAndTake(target, realm, faults);
  const body = await readBody(message);
  if (body === undefined) {
    send(response, jsonAnswer(413, { error: 'too_large' }, { connection: 'close' }));
    return;
  }
  const incoming = { method, url, headers: message.headers, body };
  const answer = await decide(incoming, serve, fault);
  response.setHeader('date', new Date(realm.clock.now()).toUTCString());
  await hold(target, fault, handling);
  record(incoming, target, answer, fault, realm);
  if (fault === undefined && answer !== undefined) send(response, answer);
  if (fault !== undefined) await sendFaulty(response, answer, fault, closing);
}

function countAndTake(target: RequestTarget, realm: Realm, faults: FaultPlan): Fault | undefined {
  realm.requests.count('total');
  if (target === 'redirect' || target === 'unknown') return undefined;
  realm.requests.count(target);
  return faults.take(target);
}

async function decide(incoming: Incoming, serve: Endpoint, fault: Fault | undefined): Promise<Answer | undefined> {
  if (fault !== undefined && !letsProcess(fault)) return answerOf(fault);
  try {
    return await serve(incoming);
  } catch (error) {
    if (error instanceof Refusal || error instanceof ApiRefusal) return error.answer;
    throw error;
  }
}

async function hold(target: RequestTarget, fault: Fault | undefined, { realm, closing }: Handling): Promise<void> {
  const latencyMs = target === 'token' ? realm.settings.latencyMs : 0;
  const delayMs = latencyMs + (fault?.delayMs ?? 0);
  if (delayMs > 0) await sleep(delayMs, undefined, { signal: closing });
}

function record(
  incoming: Incoming,
  endpoint: RequestTarget,
  answer: Answer | undefined,
  fault: Fault | undefined,
  realm: Realm,
): void {
  const kind = fault === undefined ? undefined : kindOf(fault);
  const silent = kind === 'hang' || kind === 'reset';
  const status = silent ? undefined : (answer?.status ?? 200);
  const outcome = { endpoint, status, fault: kind, at: realm.clock.now() };
  realm.requests.add(recordOf(incoming, outcome, realm.accessTokens));
}
