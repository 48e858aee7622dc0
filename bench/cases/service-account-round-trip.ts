/** A service account's refreshes one after the other over a kept connection, beside `crypto.sign` and `node:http` alone. */
import { createPrivateKey, sign } from 'node:crypto';
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { inputOf, report } from '../measure/child.js';
import { interleave, type Candidate, type Turns } from '../measure/interleave.js';
import { aServiceAccount, incumbentServiceAccount, ourServiceAccount, SCOPE } from './service-account.js';

const { tokenUri, ...turns } = inputOf<Turns & { readonly tokenUri: string }>();
const info = aServiceAccount('rsa', tokenUri);
const key = createPrivateKey(info.private_key);
const credentials = ourServiceAccount(info, { scopes: SCOPE });
const client = incumbentServiceAccount(info, { scopes: SCOPE });
const agent = new Agent({ keepAlive: true });
const signed = promisify(sign);
/** Header and claims of an assertion, and the grant around them. */
const INPUT = Buffer.from('x'.repeat(420));
const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

async function post(): Promise<string> {
  const signature = (await signed('sha256', INPUT, key)).toString('base64url');
  const assertion = `${INPUT.toString()}.${signature}`;
  const form = new URLSearchParams({ grant_type: GRANT, assertion }).toString();
  return await new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(form.length) };
    const sending = request(tokenUri, { method: 'POST', agent, headers });
    sending.on('response', (answer) => {
      text(answer).then(resolve, reject);
    });
    sending.on('error', reject);
    sending.end(form);
  });
}

const floor: Candidate = {
  async run(calls) {
    for (let call = 0; call < calls; call += 1) JSON.parse(await post());
  },
};

const mine: Candidate = {
  async run(calls) {
    for (let call = 0; call < calls; call += 1) await credentials.refresh();
  },
};

const theirs: Candidate = {
  async run(calls) {
    for (let call = 0; call < calls; call += 1) {
      // It gives back the token that it holds until that has ended.
      client.credentials.expiry_date = 1;
      await client.authorize();
    }
  },
};

report(await interleave({ floor, ours: mine, incumbent: theirs }, turns));
