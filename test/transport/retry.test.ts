import { beforeEach, describe, expect, test } from 'vitest';
import { TransportError } from '../../src/errors.js';
import { manualClock, type ManualClock } from '../../src/testing/clock/manual-clock.js';
import { retrying, type RetryPolicy } from '../../src/transport/retry.js';
import type { HttpResponse, Transport, TransportRequest } from '../../src/transport/transport.js';
import { rejection, secretRequest, transportFailure } from '../contract/secrets.js';

const REQUEST = secretRequest('https://example.com', '/token');
const SENT = new TransportError('network_failed', 'Broken.', { retryable: true, sent: true });
const unaborted = new AbortController().signal;
const UNSENT = new TransportError('network_failed', 'Refused.', { retryable: true, sent: false });

let clock: ManualClock;
beforeEach(() => {
  clock = manualClock();
});

describe('What is asked for again', () => {
  test('An answer that is no transient trouble is given at once', async () => {
    const transport = scripted(answer(200));

    const { status } = await retrying(transport.send, policy())(REQUEST);

    expect([status, transport.requests.length]).toEqual([200, 1]);
  });

  test.each([408, 429, 500, 502, 503, 504])(
    'F2 Status %i is asked for again, three times in all, and then given',
    async (status) => {
      const transport = scripted(answer(status));

      const given = await finished(retrying(transport.send, policy())(REQUEST));

      expect([given.status, transport.requests.length]).toEqual([status, 3]);
    },
  );

  test('A failure that may pass is asked for again until it has passed', async () => {
    const transport = scripted(SENT, UNSENT, answer(200));

    const given = await finished(retrying(transport.send, policy())(REQUEST));

    expect([given.status, transport.requests.length]).toEqual([200, 3]);
  });

  test('F7 A failure that does not pass is thrown at once', async () => {
    const failure = new TransportError('tls_failed', 'Expired.', { sent: false });
    const transport = scripted(failure);

    const error = await rejection(retrying(transport.send, policy())(REQUEST));

    expect([error, transport.requests.length]).toEqual([failure, 1]);
  });

  test('The last failure is thrown when attempts run out', async () => {
    const transport = scripted(UNSENT, UNSENT, UNSENT, UNSENT, SENT);

    const error = await finished(rejection(retrying(transport.send, policy({ attempts: 5 }))(REQUEST)));

    expect(error).toBe(SENT);
    expect(transport.requests).toHaveLength(5);
  });

  test('While nobody waits, one attempt is made', async () => {
    const transport = scripted(answer(503));

    const given = await retrying(transport.send, policy({ mayRetry: () => false }))(REQUEST);

    expect([given.status, transport.requests.length]).toEqual([503, 1]);
  });

  test('Where everybody has left during a wait, the answer before it stands', async () => {
    const transport = scripted(answer(503), answer(200));
    let waiting = true;

    const given = retrying(transport.send, policy({ mayRetry: () => waiting }))(REQUEST);
    await clock.advance(0);
    waiting = false;
    await clock.advance(10_000);

    expect((await given).status).toBe(503);
    expect(transport.requests).toHaveLength(1);
  });
});

describe('A request that may be spent only once', () => {
  const once = { ...REQUEST, resend: false };

  test('F8 is not sent again where it may have reached the server', async () => {
    const transport = scripted(UNSENT, SENT, answer(200));

    const error = await finished(rejection(retrying(transport.send, policy())(once)));

    expect(error).toBe(SENT);
    expect(transport.requests).toHaveLength(2);
  });

  test('F1 is sent again where no connection was made', async () => {
    const transport = scripted(UNSENT, UNSENT, answer(200));

    const given = await finished(retrying(transport.send, policy())(once));

    expect(given.status).toBe(200);
  });

  test('is sent again where the server has answered that it could not take it', async () => {
    const transport = scripted(answer(503), answer(200));

    const given = await finished(retrying(transport.send, policy())(once));

    expect(given.status).toBe(200);
  });

  test('F5 is not sent again after a timeout', async () => {
    const transport = scripted('hang');

    const error = await finished(transportFailure(retrying(transport.send, policy())(once)));

    expect(error).toMatchObject({ code: 'timed_out', sent: true });
    expect(transport.requests).toHaveLength(1);
  });
});

describe('Waits', () => {
  test('grow from half a second with full jitter', async () => {
    const transport = scripted(answer(503));

    await finished(retrying(transport.send, policy({ clock: withRandom(0.5), attempts: 4 }))(REQUEST));

    expect(transport.pauses()).toEqual([250, 500, 1000]);
  });

  test('are never nothing', async () => {
    const transport = scripted(answer(503));

    await finished(retrying(transport.send, policy({ clock: withRandom(0) }))(REQUEST));

    expect(transport.pauses()).toEqual([50, 50]);
  });

  test.each([
    ['seconds', (): string => '4'],
    ['a date', (): string => new Date(clock.now() + 4000).toUTCString()],
  ])('F3 F4 are as long as Retry-After in %s asks, and a little more', async (_what, header) => {
    const transport = scripted(answer(429, { 'retry-after': header() }), answer(200));

    await finished(retrying(transport.send, policy({ clock: withRandom(0.5) }))(REQUEST));

    expect(transport.pauses()).toEqual([4250]);
  });

  test('F4 are not shortened by a small Retry-After', async () => {
    const transport = scripted(answer(503, { 'retry-after': '0' }), answer(200));

    await finished(retrying(transport.send, policy({ clock: withRandom(0.9) }))(REQUEST));

    expect(transport.pauses()).toEqual([450]);
  });

  test('F3 that would pass the deadline are not begun: the answer is given at once', async () => {
    const transport = scripted(answer(429, { 'retry-after': '3600' }));

    const given = await retrying(transport.send, policy())(REQUEST);

    expect([given.status, given.headers.get('retry-after'), transport.requests.length]).toEqual([429, '3600', 1]);
    expect(clock.pending).toBe(0);
  });

  test('that would pass the deadline are not begun after a failure either', async () => {
    const transport = scripted(SENT);

    const error = await rejection(
      retrying(transport.send, policy({ clock: withRandom(0.9), deadlineAt: 400 }))(REQUEST),
    );

    expect([error, clock.pending]).toEqual([SENT, 0]);
  });
});

describe('Time', () => {
  test('F5 An attempt that hangs and hears nothing is given up after 10 s, and another is made', async () => {
    const transport = scripted('hang', answer(200));

    const given = retrying(transport.send, policy())(REQUEST);
    await clock.advance(9_999);
    const before = transport.requests.length;
    await clock.advance(2_000);

    expect((await given).status).toBe(200);
    expect([before, transport.requests.length]).toEqual([1, 2]);
    expect(transport.requests[0]?.signal?.aborted).toBe(true);
  });

  test('F5 A transport that keeps time itself is told how much it has, and is not watched', async () => {
    const transport = scripted(answer(503), answer(200));

    const ownTime = policy({ keepsTime: true, deadlineAt: 6_000, signal: () => undefined });

    const given = await finished(retrying(transport.send, ownTime)(REQUEST));

    expect(given.status).toBe(200);
    expect(
      transport.requests.map(({ timeoutMs, signal }) => [timeoutMs !== undefined && timeoutMs <= 6_000, signal]),
    ).toEqual([
      [true, undefined],
      [true, undefined],
    ]);
  });

  test("A transport that keeps time itself hears the request's own signal", async () => {
    const transport = scripted('hang');
    const controller = new AbortController();

    const ownTime = policy({ keepsTime: true, signal: () => undefined });
    const given = retrying(transport.send, ownTime)({ ...REQUEST, signal: controller.signal });
    await clock.advance(0);

    expect(transport.requests[0]?.signal).toBe(controller.signal);
    void given.catch(() => undefined);
  });

  test('F5 All attempts and waits together end at the deadline', async () => {
    const transport = scripted('hang');
    const attempts = policy({ deadlineAt: 15_000, clock: withRandom(0.5) });

    const error = await finished(transportFailure(retrying(transport.send, attempts)(REQUEST)));

    expect(error).toMatchObject({ code: 'timed_out', sent: true, retryable: true });
    expect(clock.monotonic()).toBe(15_000);
    expect(transport.requests.map(({ timeoutMs }) => timeoutMs)).toEqual([10_000, 4_750]);
  });

  test('A deadline that has passed lets no request out', async () => {
    const transport = scripted(answer(200));

    const error = await transportFailure(retrying(transport.send, policy({ deadlineAt: 0 }))(REQUEST));

    expect(error).toMatchObject({ code: 'timed_out', sent: false });
    expect(transport.requests).toHaveLength(0);
  });

  test("A request's own timeout bounds each attempt where it is shorter", async () => {
    const transport = scripted(answer(200));

    await retrying(transport.send, policy())({ ...REQUEST, timeoutMs: 300 });

    expect(transport.requests[0]?.timeoutMs).toBe(300);
  });

  test('F82 What a transport does after it was given up is of no account', async () => {
    const transport = scripted('late', answer(200));

    const given = await finished(retrying(transport.send, policy())(REQUEST));
    transport.rejectLate(new Error('nobody hears it'));
    await new Promise(setImmediate);

    expect(given.status).toBe(200);
  });
});

describe('F55 An abort', () => {
  test.each(['policy', 'request'])('of the signal of the %s is heard in a wait', async (whose) => {
    const transport = scripted(answer(503));
    const controller = new AbortController();

    const failure = rejection(send(whose, controller.signal, transport.send));
    await clock.advance(0);
    controller.abort('left');

    expect(await failure).toBe('left');
    expect([transport.requests.length, clock.pending]).toEqual([1, 0]);
  });

  test.each(['policy', 'request'])(
    'of the signal of the %s is heard during an attempt, and told to the transport',
    async (whose) => {
      const transport = scripted('hang');
      const controller = new AbortController();

      const failure = rejection(send(whose, controller.signal, transport.send));
      await clock.advance(0);
      controller.abort('left');

      expect(await failure).toBe('left');
      expect(transport.requests[0]?.signal?.reason).toBe('left');
      expect(clock.pending).toBe(0);
    },
  );

  test('of the signal of the policy is told to a transport that keeps time itself', async () => {
    const transport = scripted('hang');
    const controller = new AbortController();

    const given = retrying(transport.send, policy({ keepsTime: true, signal: () => controller.signal }))(REQUEST);
    given.catch(() => undefined);
    await clock.advance(0);
    controller.abort('left');

    expect(transport.requests[0]?.signal?.reason).toBe('left');
  });

  test('before the start lets no request out', async () => {
    const transport = scripted(answer(200));

    const error = await rejection(send('policy', AbortSignal.abort('left'), transport.send));

    expect([error, transport.requests.length]).toEqual(['left', 0]);
  });

  async function send(whose: string, signal: AbortSignal, transport: Transport): Promise<HttpResponse> {
    return whose === 'policy'
      ? await retrying(transport, policy({ signal: () => signal }))(REQUEST)
      : await retrying(transport, policy())({ ...REQUEST, signal });
  }
});

test('Each attempt is given a frozen copy of its own, equal to the request', async () => {
  const transport = scripted(answer(503), answer(200));

  await finished(retrying(transport.send, policy())(REQUEST));

  const [first, second] = transport.requests;
  expect(first).toMatchObject(REQUEST);
  expect(second).toMatchObject(REQUEST);
  expect([
    Object.isFrozen(first),
    Object.isFrozen(first?.headers),
    first === second,
    first?.headers === second?.headers,
  ]).toEqual([true, true, false, false]);
});

function policy(overrides: Partial<RetryPolicy> = {}): RetryPolicy {
  return {
    clock,
    attempts: undefined,
    attemptTimeoutMs: undefined,
    deadlineAt: clock.monotonic() + 30_000,
    signal: () => unaborted,
    keepsTime: false,
    mayRetry: undefined,
    ...overrides,
  };
}

function withRandom(value: number): ManualClock {
  return Object.create(clock, { random: { value: () => value } }) as ManualClock;
}

function answer(status: number, headers: Record<string, string> = {}): HttpResponse {
  return { status, headers: new Headers(headers), body: '{}' };
}

/** Lets time run until the promise settles. */
async function finished<T>(promise: Promise<T>): Promise<T> {
  let running = true;
  const watched = promise.finally(() => {
    running = false;
  });
  watched.catch(() => undefined);
  await clock.advance(0);
  while (running) await clock.advance(50);
  return await watched;
}

type Step = HttpResponse | Error | 'hang' | 'late';

/** A transport that plays its steps, the last one for ever. */
function scripted(...steps: Step[]) {
  const requests: TransportRequest[] = [];
  const times: number[] = [];
  const late: ((error: Error) => void)[] = [];
  const send: Transport = (request) => {
    requests.push(request);
    times.push(clock.monotonic());
    const step = steps[Math.min(requests.length, steps.length) - 1];
    if (step instanceof Error) return Promise.reject(step);
    if (typeof step === 'object') return Promise.resolve(step);
    return new Promise((_resolve, reject) => {
      if (step === 'late') late.push(reject);
    });
  };
  return {
    send,
    requests,
    pauses: () => times.slice(1).map((time, index) => time - (times[index] ?? 0)),
    rejectLate: (error: Error) => late.forEach((reject) => reject(error)),
  };
}
