/** The door to `node:diagnostics_channel`, by which observers are told: at no cost while nobody listens. */
import type { MintEvent, NoticeEvent } from './events.js';

/** Publishes on a plain channel; `describe` is called only where somebody listens. */
export function publish(name: string, describe: () => MintEvent | NoticeEvent): void {
  const channels = diagnostics();
  if (channels.hasSubscribers(name)) channels.channel(name).publish(Object.freeze(describe()));
}

/** Tells `credence:notice` what an operator should know and no error stands behind. */
export function notice(name: NoticeEvent['name'], message: string): void {
  publish('credence:notice', () => ({ name, message, code: undefined }));
}

/** The module itself. Node has loaded it already. */
export function diagnostics(): typeof import('node:diagnostics_channel') {
  return process.getBuiltinModule('node:diagnostics_channel');
}
