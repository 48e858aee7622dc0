import type { ViteUserConfig } from 'vitest/config';

const config: ViteUserConfig = {
  resolve: { alias: {} },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    reporters: ['default', './scripts/closing-line.mjs'],
  },
};
export default config;
