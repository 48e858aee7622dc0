/** Rejects with whatever it was: the reason of a signal, and what somebody else throws, need be no error. */
export function rejectWith(reason: unknown, reject: (reason: unknown) => void): void {
  reject(reason);
}
