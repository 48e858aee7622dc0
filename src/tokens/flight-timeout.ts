/** How long the work of credentials may take, whoever does it. */

/** How long a flight may take in all, retries and waits included, in milliseconds. */
export const FLIGHT_TIMEOUT_MS = 30_000;
