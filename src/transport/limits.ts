/** How much and how long a transport takes before it gives up. */

/** The most that is read of a body, after decompression: 1 MiB. A token answer is a thousandth of it. */
export const MAX_BODY_BYTES = 1_048_576;

/** How long one attempt may take from its start to the last byte of the body, in milliseconds. */
export const ATTEMPT_TIMEOUT_MS = 10_000;

/** How long a connection may take to be made, in milliseconds; names, proxies and TLS included. */
export const CONNECT_TIMEOUT_MS = 5_000;
