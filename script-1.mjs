import * as library from './library.mjs';

      const file = "/tmp/credence-lock-4LgBBP/tokens.json";
      const increment = async () => {
        const count = Number(await library.readSmallFile(file));
        await library.replaceFile(file, String(count + 1));
      };
      for (let i = 0; i < 25; i++) await library.withFileLock(file, increment, { clock: library.systemClock, waitMs: 15_000 });
    