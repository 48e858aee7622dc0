/** What may be told of a value that somebody else threw: it can be anything, and hold anything. */
import { withoutTokens } from './token-like.js';

/** What an error may be called: a class name, and nothing that somebody could hide a secret in. */
const CLASS_NAME = /^[A-Za-z_$][\w$]{0,60}$/;
/** Codes look like `ECONNRESET`, `invalid_grant` or `auth/user-disabled`. */
const CODE = /^[A-Za-z][\w./-]{0,60}$/;
/** A line of a stack. */
const FRAME = /^ {4}at .+$/;

/** A property that may not be there, or whose getter may throw. */
export function read(holder: object, key: PropertyKey): unknown {
  try {
    return Reflect.get(holder, key);
  } catch {
    return undefined;
  }
}

/** Whether it is an error, of this realm or of another, such as a test runner's. */
export function isError(thrown: unknown): thrown is Error {
  return thrown instanceof Error || Object.prototype.toString.call(thrown) === '[object Error]';
}

/** What was thrown, in words for a message: the name of its class, or its type. */
export function kindOfThrown(thrown: unknown): string {
  if (!isError(thrown)) return thrown === null ? 'null' : `a value of type ${typeof thrown}`;
  return classNameOf(thrown) ?? 'an Error';
}

/** The error's name, where it looks like one; that of its class, where it never was given one. */
export function classNameOf(error: Error): string | undefined {
  const [name, kind] = [read(error, 'name'), read(error, 'constructor')];
  const ofClass = name === 'Error' && typeof kind === 'function' ? read(kind, 'name') : undefined;
  return harmless(ofClass, CLASS_NAME) ?? harmless(name, CLASS_NAME);
}

/** The error's code, where it looks like one. */
export function codeOfThrown(error: Error): string | undefined {
  return harmless(read(error, 'code'), CODE);
}

/** What stands in the stack before the frames, and then each of them. */
export function framesOf(error: Error): readonly [heading: string, ...frames: string[]] {
  const [stack, message] = [read(error, 'stack'), read(error, 'message')];
  if (typeof stack !== 'string') return [''];
  // A message may hold lines that look like frames: those of another machine.
  const said = typeof message === 'string' && stack.includes(message) ? stack.indexOf(message) + message.length : 0;
  const below = stack.slice(said).split('\n');
  const heading = stack.slice(0, said) + below.filter((line) => !FRAME.test(line)).join('\n');
  return [heading, ...below.filter((line) => FRAME.test(line))];
}

function harmless(value: unknown, form: RegExp): string | undefined {
  return typeof value === 'string' && form.test(value) && withoutTokens(value) === value ? value : undefined;
}
