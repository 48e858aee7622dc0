import * as library from './library.mjs';

      await library.withFileLock("/tmp/credence-lock-JGWVy5/tokens.json", async () => {
        console.log('held');
        await new Promise((resolve) => setTimeout(resolve, 60_000));
      }, { clock: library.systemClock, waitMs: 1_000 });
    