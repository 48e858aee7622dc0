/** The program of a stand-in for gcloud: plain JavaScript in a string, since it runs in processes of its own, without this package. */

/** Reads `settings.json` beside itself, notes the run in `runs.jsonl`, and prints what gcloud would. */
export const GCLOUD_PROGRAM: string = String.raw`'use strict';
const { appendFileSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const args = process.argv.slice(2);
const promptsDisabled = process.env.CLOUDSDK_CORE_DISABLE_PROMPTS === '1';
appendFileSync(join(__dirname, 'runs.jsonl'), JSON.stringify({ args, pid: process.pid, promptsDisabled }) + '\n');
const runs = readFileSync(join(__dirname, 'runs.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line));
const number = runs.findIndex((run) => run.pid === process.pid) + 1;
const settings = JSON.parse(readFileSync(join(__dirname, 'settings.json'), 'utf8'));

const words = args.filter((arg) => !arg.startsWith('--')).join(' ');
const account = (args.find((arg) => arg.startsWith('--account=')) || '').slice('--account='.length) || settings.account;
const commands = {
  'config config-helper': ['configHelper', 'gcloud.config.config-helper', helperText],
  'auth print-access-token': ['printAccessToken', 'gcloud.auth.print-access-token', () => token() + '\n'],
  'config get project': ['getProject', 'gcloud.config.get', () => (settings.project ? settings.project + '\n' : '')],
};
const [setting, name, text] = commands[words] || [];
const told = settings[setting] || {};
setTimeout(answer, told.delayMs || 0);

function answer() {
  const { stdout, stderr, exitCode } = { ...usual(), ...told };
  process.stderr.write(stderr || '');
  process.stdout.write(stdout || '');
  process.exitCode = exitCode || 0;
}

function usual() {
  if (setting === undefined) return failure('gcloud', 'Invalid choice: ' + words, 2);
  const problem = setting === 'getProject' ? undefined : signInProblem();
  return problem === undefined ? { stdout: text() } : failure(name, problem, 1);
}

function signInProblem() {
  if (!settings.signedIn) return 'You do not currently have an active account selected.';
  if (account !== settings.account)
    return 'Your current active account [' + account + '] does not have any valid credentials';
  if (settings.reauthRequired)
    return 'There was a problem refreshing your current auth tokens: Reauthentication failed. cannot prompt during non-interactive execution.';
  return undefined;
}

function failure(command, sentence, exitCode) {
  const advice = 'Please run:\n\n  $ gcloud auth login\n\nto obtain new credentials.\n';
  return { stderr: 'ERROR: (' + command + ') ' + sentence + '\n' + advice, exitCode };
}

function helperText() {
  const expiresAt = settings.expiresAt === undefined ? Date.now() + 3600000 : settings.expiresAt;
  const token_expiry = expiresAt === null ? null : new Date(expiresAt).toISOString().replace(/\.\d+Z$/, 'Z');
  const credential = { access_token: token(), id_token: null, token_expiry };
  const properties = { core: { account, project: settings.project } };
  return JSON.stringify({ configuration: { active_configuration: 'default', properties }, credential }, null, 2) + '\n';
}

function token() {
  return settings.token === undefined ? 'ya29.gcloud-stand-in-' + number : settings.token;
}
`;
