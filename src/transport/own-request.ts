/** A request that holds what was said of it and nothing else: what a polluted `Object.prototype` supplies is sent nowhere. */
import { ownOptions } from '../base/option-record.js';
import type { TransportRequest } from './transport.js';

const NAMES = ['body', 'headers', 'method', 'proxy', 'resend', 'signal', 'timeoutMs', 'url'] as const;

/** A frozen copy that inherits nothing; a request that was made here is given back as it is. */
export function ownRequest(request: TransportRequest): TransportRequest {
  return ownOptions(request, NAMES);
}
