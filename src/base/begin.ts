/** Begins asynchronous work without a frame of its own: an `async` function in between would cost every caller two turns of the queue. */

/** What the work gives. A synchronous throw is a rejection like any other. */
export function begin<T>(work: () => Promise<T>): Promise<T> {
  try {
    return work();
  } catch (error) {
    return Promise.reject(error);
  }
}
