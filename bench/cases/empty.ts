/** A module with nothing in it: what importing costs at least. */
export {};
