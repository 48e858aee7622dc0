/** A service account's refreshes one after the other over a kept connection, beside `crypto.sign` and `node:http` alone. */
import { createPrivateKey, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { inputOf, report } from '../measure/child.js';
import { interleave, oneByOne, type Turns } from '../measure/interleave.js';
import { postForm } from '../measure/post-form.js';
import { aServiceAccount, incumbentServiceAccount, ourServiceAccount, SCOPE } from './service-account.js';

const { tokenUri, ...turns } = inputOf<Turns & { readonly tokenUri: string }>();
const info = aServiceAccount('rsa', tokenUri);
const key = createPrivateKey(info.private_key);
const credentials = ourServiceAccount(info, { scopes: SCOPE });
const client = incumbentServiceAccount(info, { scopes: SCOPE });
const signed = promisify(sign);
/** Header and claims of an assertion, and the grant around them. */
const INPUT = Buffer.from('x'.repeat(420));
const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

async function post(): Promise<string> {
  const signature = (await signed('sha256', INPUT, key)).toString('base64url');
  return await postForm(tokenUri, { grant_type: GRANT, assertion: `${INPUT.toString()}.${signature}` });
}

const candidates = {
  floor: oneByOne(async () => JSON.parse(await post())),
  ours: oneByOne(() => credentials.refresh()),
  incumbent: oneByOne(() => {
    // It gives back the token that it holds until that has ended.
    client.credentials.expiry_date = 1;
    return client.authorize();
  }),
};
report(await interleave(candidates, turns));
