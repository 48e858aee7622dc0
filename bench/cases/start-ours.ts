/** Milliseconds from the start of a process to its first headers, from an `authorized_user` file. */
import { UserCredentials } from 'credence';

const credentials = await UserCredentials.fromAuthorizedUserFile(JSON.parse(process.argv[2] ?? '""') as string);
const headers: Record<string, string> = {};
await credentials.beforeRequest(undefined, 'GET', 'https://storage.googleapis.com/storage/v1/b', headers);
const ms = performance.now();
if (headers['authorization'] === undefined) throw new Error('There is no authorization header.');
process.stdout.write(JSON.stringify(ms), () => process.exit());
