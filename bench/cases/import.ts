/** Imports one module in a process that has imported nothing else, and times it. */
import { argv } from 'node:process';

const specifier = JSON.parse(argv[2] ?? '""') as string;
const startedAt = performance.now();
await import(specifier);
process.stdout.write(JSON.stringify(performance.now() - startedAt));
