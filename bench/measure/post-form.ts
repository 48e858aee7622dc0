/** A form posted by `node:http` alone, over a kept connection: what a round trip costs at least. */
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';

const agent = new Agent({ keepAlive: true });

/** The body of the answer. */
export function postForm(url: string, fields: Record<string, string>): Promise<string> {
  const form = new URLSearchParams(fields).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(form.length) };
  return new Promise((resolve, reject) => {
    const sending = request(url, { method: 'POST', agent, headers });
    sending.on('response', (answer) => {
      text(answer).then(resolve, reject);
    });
    sending.on('error', reject);
    sending.end(form);
  });
}
