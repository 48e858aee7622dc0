/** An OAuth error on its way to becoming an answer (RFC 6749 §5.2). */
import type { Answer } from '../http/http-exchange.js';
import { jsonAnswer } from '../http/http-exchange.js';

/** What a {@link Refusal} may be given beyond the error and its description. */
export interface RefusalOptions {
  /** @default 400 */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Further members of the answer, such as Google's `error_subtype`. */
  readonly members?: Readonly<Record<string, string>>;
}

/** Thrown by an endpoint to refuse a request. */
export class Refusal extends Error {
  /** What the client is told. */
  readonly answer: Answer;

  constructor(error: string, description: string, options: RefusalOptions = {}) {
    super(description);
    const body = { error, error_description: description, ...options.members };
    this.answer = jsonAnswer(options.status ?? 400, body, options.headers);
  }
}
