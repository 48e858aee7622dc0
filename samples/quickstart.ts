/**
 * The quickstart, `npm start`: shows what credentials do for you. It runs on an emulator; where GOOGLE_APPLICATION_CREDENTIALS names
 * an authorized-user file, it runs on Google, and only mints a token and asks what that is good for.
 */
import { CredenceError } from 'credence';
import { runOnEmulator } from './quickstart/emulated.js';
import { ranOnGoogle } from './quickstart/google.js';
import { failure, note, title } from './quickstart/report.js';

const path = process.env['GOOGLE_APPLICATION_CREDENTIALS'];

try {
  title('Credence: credentials whose token is fresh before anyone asks');
  if (path === undefined || path === '' || !(await ranOnGoogle(path))) await runOnEmulator();
  note('');
  note('Next: README.md, then `npm run sample -- script`, and docs/guides for your own case.');
} catch (error) {
  if (!(error instanceof CredenceError)) throw error;
  failure(`${error.name} ${error.code}: ${error.message}`);
  process.exitCode = 1;
}
