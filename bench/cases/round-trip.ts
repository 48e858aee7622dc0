/** Refreshes one after the other over a kept connection, beside `node:http` alone. */
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { inputOf, report } from '../measure/child.js';
import { interleave, type Candidate, type Turns } from '../measure/interleave.js';
import { incumbent, ours, type UserInfo } from './fixtures.js';

const { info, ...turns } = inputOf<Turns & { readonly info: UserInfo }>();
const credentials = ours(info);
const client = incumbent(info);
const agent = new Agent({ keepAlive: true });
const { client_id, client_secret, refresh_token, token_uri } = info;
const form = new URLSearchParams({ grant_type: 'refresh_token', client_id, client_secret, refresh_token }).toString();

function post(): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(form.length) };
    const sending = request(token_uri, { method: 'POST', agent, headers });
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
    for (let call = 0; call < calls; call += 1) await client.refreshAccessToken();
  },
};

report(await interleave({ floor, ours: mine, incumbent: theirs }, turns));
