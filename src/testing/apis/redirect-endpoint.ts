/** Redirects to wherever the query says, to see what clients carry along. */
import type { Endpoint } from '../http/http-exchange.js';
import { Refusal } from '../oauth/refusal.js';

const STATUSES = ['301', '302', '303', '307', '308'];

/** Answers `/redirect?to=URL&status=307`; without a status it is a 302. */
export const redirectEndpoint: Endpoint = ({ url }) => {
  const location = url.searchParams.get('to');
  const status = url.searchParams.get('status') ?? '302';
  if (location === null) throw new Refusal('invalid_request', 'Required parameter is missing: to');
  if (!STATUSES.includes(status)) throw new Refusal('invalid_request', 'Not a status of a redirect.');
  return { status: Number(status), headers: { location }, body: '' };
};
