/** What the quickstart prints. Colours only for a terminal, and never where NO_COLOR is set. */
import { styleText } from 'node:util';

let steps = 0;

export function title(text: string): void {
  console.log(styleText('bold', text));
}

export function note(text: string): void {
  console.log(text);
}

export function step(text: string): void {
  steps += 1;
  console.log(`\n${styleText('bold', `${steps}. ${text}`)}`);
}

export function done(text: string): void {
  console.log(`   ${styleText('green', '✔')} ${text}`);
}

/** Reports what was found, and makes the quickstart fail where that is not what it promises. */
export function check(holds: boolean, text: string): void {
  if (holds) return done(text);
  console.log(`   ${styleText('red', '✘')} ${text}`);
  process.exitCode = 1;
}

export function failure(text: string): void {
  console.error(`${styleText('red', '✘', { stream: process.stderr })} ${text}`);
}
