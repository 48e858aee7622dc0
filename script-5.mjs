import * as library from './library.mjs';

      const options = { clock: library.systemClock, waitMs: 15_000 };
      await library.withFileLock("/tmp/credence-lock-0Q5ubP/tokens.json", async () => {}, options).catch((error) => console.log(error.code, error.message));
    