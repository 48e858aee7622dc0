/** The same as our start, with google-auth-library; it does not read a token from the file, so it is given to it. */
import { readFile } from 'node:fs/promises';
import { UserRefreshClient } from 'google-auth-library';

interface Info {
  readonly client_id: string;
  readonly client_secret: string;
  readonly refresh_token: string;
  readonly token_uri: string;
  readonly token?: string;
  readonly expiry?: string;
}

const info = JSON.parse(await readFile(JSON.parse(process.argv[2] ?? '""') as string, 'utf8')) as Info;
const client = new UserRefreshClient({
  clientId: info.client_id,
  clientSecret: info.client_secret,
  refreshToken: info.refresh_token,
  endpoints: { oauth2TokenUrl: info.token_uri },
});
if (info.token !== undefined && info.expiry !== undefined) {
  client.setCredentials({
    access_token: info.token,
    expiry_date: Date.parse(info.expiry),
    refresh_token: info.refresh_token,
  });
}
const headers = await client.getRequestHeaders('https://storage.googleapis.com/storage/v1/b');
const ms = performance.now();
if (!headers.has('authorization')) throw new Error('There is no authorization header.');
process.stdout.write(JSON.stringify(ms), () => process.exit());
