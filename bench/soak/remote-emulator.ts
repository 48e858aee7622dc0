/** The parent's side of the emulator's process. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Greeting, Order } from './emulator-process.js';

/** An emulator in another process. */
export interface RemoteEmulator extends Disposable {
  /** The user whose tokens are soaked. */
  readonly info: Greeting['info'];
  /** The service account whose tokens are soaked. */
  readonly key: Greeting['key'];
  /** Gives an order and waits until it is carried out. */
  order(order: Order): Promise<unknown>;
}

/** Starts it. Whoever needs it would wait for it for ever: should it end before it is disposed of, this process ends with an error. */
export async function startRemoteEmulator(): Promise<RemoteEmulator> {
  const child = fork(fileURLToPath(new URL('./emulator-process.js', import.meta.url)));
  const ended = (): never => {
    throw new Error("The emulator's process has ended.");
  };
  child.once('exit', ended);
  const [greeting] = (await once(child, 'message')) as [Greeting];
  const order = async (wanted: Order): Promise<unknown> => {
    const answered = once(child, 'message') as Promise<[{ result?: unknown }]>;
    child.send(wanted);
    const [{ result }] = await answered;
    return result;
  };
  return { ...greeting, order, [Symbol.dispose]: () => child.off('exit', ended).kill() };
}
