import { fileURLToPath } from 'node:url';
import type { ViteUserConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(`src/${path}`, import.meta.url));

/** Tests of what was built: these wait for an up-to-date `dist/` and `build/`. */
const built = ['test/{package,samples,docs,bench}/**/*.test.ts'];

const config: ViteUserConfig = {
  resolve: {
    alias: [
      { find: /^credence$/, replacement: source('index.ts') },
      { find: /^credence\/(interop|server|testing)$/, replacement: source('$1/index.ts') },
    ],
  },
  test: {
    // No test takes long; a busy machine may.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    setupFiles: [fileURLToPath(new URL('test/fixtures/plain-environment.ts', import.meta.url))],
    // What is polled for is real: a process, a socket, a file. A busy machine may take its time.
    expect: { poll: { timeout: 10_000 } },
    reporters: ['default', './scripts/closing-line.mjs'],
    projects: [
      { extends: true, test: { name: 'source', include: ['test/**/*.test.ts'], exclude: built } },
      { extends: true, test: { name: 'built', include: built, globalSetup: ['scripts/build-if-stale.mjs'] } },
    ],
  },
};
export default config;
