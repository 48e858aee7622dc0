/** Reads the faults that users describe: what kind they are, whether they are well formed, when they strike. */
import { knownOptions } from '../../base/option-record.js';
import { readOptions } from '../option-reading.js';
import { FAULT_CHECKS, membersOf } from './fault-members.js';
import type { Fault, FaultKind, FaultMembers } from './fault.js';

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
export function kindOf(fault: FaultMembers): FaultKind {
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

/**
 * Checks a fault and gives a frozen copy.
 * @throws TypeError for a member that there is none of, of the wrong type, or that means nothing beside the others.
 */
export function readFault(fault: Fault): Fault {
  const members = readOptions<FaultMembers>(fault, FAULT_CHECKS, 'fault');
  requireFault(members);
  return members;
}

function requireFault(members: FaultMembers): asserts members is Fault {
  knownOptions(members, membersOf(kindOf(members)), 'fault');
}
