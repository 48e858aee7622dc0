/** What can no longer be done once an emulator closes. */

/** Throws where the emulator is closed, or being closed. */
export function requireOpen(closing: AbortSignal): void {
  if (closing.aborted) throw new Error('The emulator is closed.');
}
