/** What the members of a fault must be, and which of them go together. */
import { atLeast, oneOf, requireBoolean, requireObject, requireString, requireText } from '../arguments.js';
import type { Checks } from '../option-reading.js';
import type { FaultKind, FaultMembers } from './fault.js';

/** What each member of a fault must be. */
export const FAULT_CHECKS: Checks<FaultMembers> = {
  status: requireStatus,
  headers: requireHeaders,
  body: requireBody,
  hang: requireHang,
  slowBody: atLeast(0),
  reset: oneOf(['before', 'after']),
  truncate: atLeast(0),
  html: requireTrue,
  json: () => undefined,
  redirect: requireText,
  // Two quotation marks are the shortest JSON string.
  bytes: atLeast(2),
  gzip: requireBoolean,
  delayMs: atLeast(0),
};

const COMPANIONS: Partial<Record<FaultKind, readonly (keyof FaultMembers)[]>> = {
  status: ['headers', 'body'],
  json: ['status'],
  redirect: ['status'],
  bytes: ['gzip'],
};

/** The members that mean something to faults of a kind. */
export function membersOf(kind: FaultKind): readonly (keyof FaultMembers)[] {
  return [kind, ...(COMPANIONS[kind] ?? []), 'delayMs'];
}

function requireStatus(name: string, status: unknown): void {
  if (typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 599) return;
  throw new TypeError(`"${name}" must be an integer from 200 to 599`);
}

function requireHeaders(name: string, headers: unknown): void {
  for (const [header, value] of Object.entries(requireObject(name, headers))) requireString(`${name}.${header}`, value);
}

function requireBody(name: string, body: unknown): void {
  if (typeof body === 'string' || (typeof body === 'object' && body !== null)) return;
  throw new TypeError(`"${name}" must be a string or an object`);
}

function requireHang(name: string, hang: unknown): void {
  if (hang === true || hang === 'before' || hang === 'after') return;
  throw new TypeError(`"${name}" must be one of true, 'before', 'after'`);
}

function requireTrue(name: string, value: unknown): void {
  if (value !== true) throw new TypeError(`"${name}" must be true`);
}
