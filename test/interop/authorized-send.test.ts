import { expect, it } from 'vitest';
import { OnDemandJwtCredentials } from 'credence';
import { manualClock } from 'credence/testing';
import { sendAuthorized, type Send } from '../../src/interop/authorized-send.js';
import { outgoing } from '../../src/interop/outgoing.js';
import { ScriptedCredentials } from '../fixtures/scripted-credentials.js';
import { EMAIL, SIGNER } from '../fixtures/service-account.js';

const URL_OF_ALL = 'https://a.example/x';

/** Answers with these statuses, and keeps the tokens that it was shown. */
function answering(...statuses: readonly number[]): { send: Send; tokens: (string | null)[] } {
  const [left, tokens]: [number[], (string | null)[]] = [[...statuses], []];
  const send: Send = ({ headers }) => {
    tokens.push(headers.get('authorization'));
    return Promise.resolve(new Response('', { status: left.shift() ?? 200 }));
  };
  return { send, tokens };
}

it('A 401 costs the token, and the request is sent once more with another', async () => {
  const credentials = new ScriptedCredentials({});
  const { send, tokens } = answering(401, 200);

  const response = await sendAuthorized(await outgoing(URL_OF_ALL), send, { credentials, request: undefined });

  expect([response.status, tokens]).toEqual([200, ['Bearer token-1', 'Bearer token-2']]);
});

it('F44 Fresh tokens that are refused are not replaced without end; those that were accepted are', async () => {
  const credentials = new ScriptedCredentials({ clock: manualClock() });
  const source = { credentials, request: undefined };
  const request = await outgoing(URL_OF_ALL);

  for (let round = 0; round < 5; round += 1) {
    const { send } = answering(200, 401, 200);
    expect((await sendAuthorized(request, send, source)).status).toBe(200);
    expect((await sendAuthorized(request, send, source)).status).toBe(200);
  }
  const accepted = credentials.mints;
  for (let round = 0; round < 20; round += 1) await sendAuthorized(request, answering(401, 401).send, source);

  expect(accepted).toBe(6);
  expect(credentials.mints).toBeLessThanOrEqual(accepted + 4);
});

it('F44 A token for one URL that was accepted is replaced, whatever tokens were accepted for others since', async () => {
  const clock = manualClock();
  const source = {
    credentials: new OnDemandJwtCredentials({ signer: SIGNER, issuer: EMAIL, clock }),
    request: undefined,
  };
  const [one, other] = [await outgoing(URL_OF_ALL), await outgoing('https://a.example/y')];

  for (let round = 0; round < 5; round += 1) {
    const { send, tokens } = answering(200, 200, 401, 200);
    for (const request of [one, other]) await sendAuthorized(request, send, source);
    await clock.advance(1_000);

    expect((await sendAuthorized(one, send, source)).status).toBe(200);
    expect(tokens[3]).not.toBe(tokens[2]);
  }
});

it('The 401 to what cannot be sent again is given back, and the token dropped', async () => {
  const credentials = new ScriptedCredentials({});
  const { send, tokens } = answering(401);
  const request = await outgoing(URL_OF_ALL, { method: 'POST', body: new Blob(['x']).stream() });

  const response = await sendAuthorized(request, send, { credentials, request: undefined });

  expect([response.status, tokens.length, credentials.tokenState]).toEqual([401, 1, 'invalid']);
});
