/** Reads the faults that users describe: what kind they are, whether they are well formed, when they strike. */
import { requireNumber, requireOneOf } from '../arguments.js';
import type { Fault, FaultKind } from './fault.js';

const SPECIFIC_KINDS: readonly FaultKind[] = [
  'bytes',
  'hang',
  'html',
  'json',
  'redirect',
  'reset',
  'slowBody',
  'truncate',
];

/** Members that go together with specific ones, in order of precedence. */
const GENERAL_KINDS: readonly FaultKind[] = ['status', 'delayMs'];

/** The kind of a fault. */
export function kindOf(fault: Fault): FaultKind {
  const specific = SPECIFIC_KINDS.filter((kind) => Object.hasOwn(fault, kind));
  if (specific.length > 1) throw new TypeError(`"fault" must not combine ${specific.join(' and ')}`);
  const general = GENERAL_KINDS.find((kind) => Object.hasOwn(fault, kind));
  const kind = specific[0] ?? general;
  if (kind === undefined)
    throw new TypeError('"fault" must have one of the members of a Fault, such as status or hang');
  return kind;
}

/** Whether the endpoint does its work before the fault shows. */
export function letsProcess(fault: Fault): boolean {
  if ('hang' in fault) return fault.hang === 'after';
  if ('reset' in fault) return fault.reset === 'after';
  const kind = kindOf(fault);
  return kind === 'slowBody' || kind === 'truncate' || kind === 'delayMs';
}

/** Checks a fault and gives a frozen copy. */
export function readFault(fault: Fault): Fault {
  if (typeof fault !== 'object' || fault === null) throw new TypeError('"fault" must be an object');
  kindOf(fault);
  if ('delayMs' in fault && fault.delayMs !== undefined) requireNumber('delayMs', fault.delayMs, 0);
  if ('status' in fault && fault.status !== undefined) requireStatus(fault.status);
  if ('hang' in fault && fault.hang !== true) requireOneOf('hang', fault.hang, ['before', 'after']);
  if ('reset' in fault) requireOneOf('reset', fault.reset, ['before', 'after']);
  if ('slowBody' in fault) requireNumber('slowBody', fault.slowBody, 0);
  if ('truncate' in fault) requireNumber('truncate', fault.truncate, 0);
  if ('bytes' in fault) requireNumber('bytes', fault.bytes, 2);
  return Object.freeze({ ...fault });
}

function requireStatus(status: unknown): void {
  if (typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 599) return;
  throw new TypeError('"status" must be an integer from 200 to 599');
}
