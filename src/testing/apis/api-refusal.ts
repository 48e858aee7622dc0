/** Errors in the shape in which Google's APIs report them. */
import type { Answer } from '../http/http-exchange.js';
import { jsonAnswer } from '../http/http-exchange.js';

/** The word for each status that the emulator's APIs give. */
const WORDS = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
} as const;

/** A status that the emulator's APIs refuse with. */
export type ApiErrorStatus = keyof typeof WORDS;

/** An error as an answer. */
export function apiError(
  code: ApiErrorStatus,
  message: string,
  headers: Readonly<Record<string, string>> = {},
  details: Readonly<Record<string, unknown>> = {},
): Answer {
  return jsonAnswer(code, { error: { code, message, status: WORDS[code], ...details } }, headers);
}

/** Thrown by an endpoint of an API to refuse a request. */
export class ApiRefusal extends Error {
  /** What the client is told. */
  readonly answer: Answer;

  constructor(code: ApiErrorStatus, message: string, details?: Readonly<Record<string, unknown>>) {
    super(message);
    this.answer = apiError(code, message, {}, details);
  }
}
