/** Finds the operating system's error in whatever an HTTP client threw, and makes a clean copy of it. */
import { read } from '../base/thrown.js';

/** An error of the system or of TLS, holding nothing but what it says about the connection. */
export interface SystemError extends Error {
  /** The word for it, such as `ECONNREFUSED`. */
  readonly code: string;
  /** The call that failed, such as `connect`. */
  readonly syscall?: string;
  /** The address that was called. */
  readonly address?: string;
  /** The port that was called. */
  readonly port?: number;
  /** The name that was looked up. */
  readonly hostname?: string;
}

/** Clients nest errors in errors, and some in a ring. */
const MAX_DEPTH = 8;
/** System codes look like this; a client that puts something else into `code` is not quoted. */
const CODE = /^[A-Z][A-Z0-9_]{1,60}$/;
const NAME = /^[\w.:-]{1,253}$/;

/**
 * The first system error in a chain of causes, rebuilt: the original may hang on to sockets, certificates, raw packets or the
 * whole request. Undefined where there is none.
 */
export function systemErrorIn(thrown: unknown): SystemError | undefined {
  const found = chainOf(thrown).find((link) => systemCodeOf(link) !== undefined);
  return found === undefined ? undefined : cleanCopy(found);
}

/** Every error in the chain of causes, the outermost first. */
export function chainOf(thrown: unknown): readonly object[] {
  const chain: object[] = [];
  let link = thrown;
  while (typeof link === 'object' && link !== null && chain.length < MAX_DEPTH) {
    chain.push(link);
    link = read(link, 'cause') ?? firstOf(read(link, 'errors'));
  }
  return chain;
}

/** A client's own words for what happened are no system's, and a wrapped system error says more. */
const CLIENT_CODES: ReadonlySet<string> = new Set([
  'ERR_NETWORK',
  'ERR_BAD_REQUEST',
  'ERR_BAD_RESPONSE',
  'ERR_CANCELED',
  'ABORT_ERR',
]);

function systemCodeOf(link: object): string | undefined {
  const code = read(link, 'code');
  return typeof code === 'string' && CODE.test(code) && !CLIENT_CODES.has(code) ? code : undefined;
}

function cleanCopy(link: object): SystemError {
  const code = systemCodeOf(link) ?? '';
  const syscall = text(read(link, 'syscall') ?? read(link, 'erroredSysCall'));
  const inner = firstOf(read(link, 'errors')) ?? link;
  return Object.assign(new Error(syscall === undefined ? code : `${syscall} ${code}`), {
    code,
    ...given('syscall', syscall ?? text(read(inner, 'syscall'))),
    ...given('address', text(read(inner, 'address'))),
    ...given('port', port(read(inner, 'port'))),
    ...given('hostname', text(read(inner, 'hostname'))),
  });
}

function firstOf(errors: unknown): object | undefined {
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  return typeof first === 'object' && first !== null ? first : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && NAME.test(value) ? value : undefined;
}

function port(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function given<T>(key: string, value: T | undefined): Record<string, T> {
  return value === undefined ? {} : { [key]: value };
}
