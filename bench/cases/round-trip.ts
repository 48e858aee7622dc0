/** Refreshes one after the other over a kept connection, beside `node:http` alone. */
import { inputOf, report } from '../measure/child.js';
import { interleave, oneByOne, type Turns } from '../measure/interleave.js';
import { postForm } from '../measure/post-form.js';
import { incumbent, ours, type UserInfo } from './fixtures.js';

const { info, ...turns } = inputOf<Turns & { readonly info: UserInfo }>();
const credentials = ours(info);
const client = incumbent(info);
const { client_id, client_secret, refresh_token, token_uri } = info;
const form = { grant_type: 'refresh_token', client_id, client_secret, refresh_token };

const candidates = {
  floor: oneByOne(async () => JSON.parse(await postForm(token_uri, form))),
  ours: oneByOne(() => credentials.refresh()),
  incumbent: oneByOne(() => client.refreshAccessToken()),
};
report(await interleave(candidates, turns));
