/** Whether this process runs on Google Cloud: the metadata server is pinged, and Linux is asked what machine it runs on. */
import { abandonable } from '../../base/abandonable.js';
import { systemClock, type Clock } from '../../base/clock.js';
import { liveSignal } from '../../base/live-signal.js';
import { TransportError } from '../../errors.js';
import { isHost } from '../../google/metadata-address.js';
import { isMetadataAnswer } from '../../google/metadata-answer.js';
import { pingRequest } from '../../google/metadata-requests.js';
import { readSmallFile } from '../../host/files.js';
import { requireRequestLike } from '../../transport/request-check.js';
import { isRetryable } from '../../transport/retryable.js';
import type { RequestLike } from '../../transport/transport.js';
import { awaitedCall } from '../awaited-call.js';
import { ByTransport } from '../by-transport.js';
import { flightTransport } from '../flight-transport.js';
import { detectionSettings, type DetectionSettings } from './metadata-environment.js';

/** What was found. */
export interface Residency {
  /** Whether this is a machine of Google's. */
  readonly onGoogleCloud: boolean;
  /** What speaks for it or against it, for the explanation of what was tried. */
  readonly reason: string;
  /** Whether it may be otherwise later with nothing changed: nobody answered, or only that it is unavailable for now. */
  readonly retryable?: boolean;
}

/** With what to look. */
export interface DetectionOptions {
  /**
   * How to send the ping.
   * @default the default transport
   */
  readonly request?: RequestLike | undefined;
  /**
   * Where time is read.
   * @default systemClock
   */
  readonly clock?: Clock | undefined;
  /** Ends this caller's wait; the ping goes on for others. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Where Linux tells the maker of the machine.
   * @default '/sys/class/dmi/id/product_name'
   */
  readonly productNameFile?: string | undefined;
  /**
   * The operating system, by Node's name.
   * @default process.platform
   */
  readonly platform?: string | undefined;
}

const PRODUCT_NAME_FILE = '/sys/class/dmi/id/product_name';

/** After the ping a file is read. */
const SLACK_MS = 10_000;

/** What was found at each address. */
interface Findings {
  /** A machine does not leave Google Cloud while it runs, but its metadata server may come up late: only a yes is remembered. */
  readonly residents: Map<string, Residency>;
  readonly looking: Map<string, Promise<Residency>>;
}

const FINDINGS = new ByTransport<Findings>();

/**
 * Looks whether this process runs on Google Cloud. It takes 3 s at most, or what `GCE_METADATA_TIMEOUT` says.
 * Where several callers ask at once there is one ping.
 */
export async function detectGoogleCloud(options: DetectionOptions = {}): Promise<Residency> {
  liveSignal(options);
  const { request, clock = systemClock, signal } = options;
  if (request !== undefined) requireRequestLike(request, 'request');
  const settings = detectionSettings();
  const { address, timeoutMs } = settings;
  if (settings.forbidden) return found(false, 'NO_GCE_CHECK is "true"');
  const findings = FINDINGS.of(request, clock, () => ({ residents: new Map(), looking: new Map() }));
  const resident = findings.residents.get(address);
  if (resident !== undefined) return resident;
  const looking = findings.looking.get(address) ?? startLooking(findings, settings, options);
  return await awaitedCall(abandonable(looking, signal), timeoutMs + SLACK_MS);
}

function startLooking(
  { residents, looking }: Findings,
  settings: DetectionSettings,
  options: DetectionOptions,
): Promise<Residency> {
  const { address } = settings;
  const mine = look(settings, options).then((residency) => {
    if (residency.onGoogleCloud) residents.set(address, residency);
    return residency;
  });
  looking.set(address, mine);
  const leave = (): void => {
    looking.delete(address);
  };
  mine.then(leave, leave);
  return mine;
}

/** On some machines of Google's the metadata server is slow or shut off, while in containers elsewhere only it can tell. */
async function look(settings: DetectionSettings, options: DetectionOptions): Promise<Residency> {
  const answered = await ping(settings, options);
  if (answered.onGoogleCloud) return answered;
  const product = await productName(options);
  if (product.startsWith('Google')) return found(true, `the machine is a "${product.slice(0, 60)}"`);
  return answered;
}

async function ping(
  settings: DetectionSettings,
  { request, clock = systemClock }: DetectionOptions,
): Promise<Residency> {
  const { address, variable, timeoutMs, attempts } = settings;
  if (!isHost(address)) return found(false, `${String(variable)} is no address, with or without a port`);
  const deadlineAt = clock.monotonic() + timeoutMs;
  const flight = { deadlineAt, signal: new AbortController().signal, awaited: true };
  const transport = flightTransport(request, clock, flight, attempts);
  const question = { ...pingRequest(address), timeoutMs };
  try {
    const response = await transport(question);
    if (response.status === 200 && isMetadataAnswer(response))
      return found(true, `the metadata server answers at ${address}`);
    const reason = `what answers at ${address} (${String(response.status)}) is not Google's metadata server`;
    return notYet(reason, isRetryable({ response }, question));
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    const why = error.code === 'timed_out' ? `within ${String(timeoutMs / 1000)} s` : `(${error.code})`;
    return notYet(`no metadata server answers at ${address} ${why}`, error.retryable);
  }
}

async function productName(options: DetectionOptions): Promise<string> {
  const { platform = process.platform, productNameFile = PRODUCT_NAME_FILE } = options;
  if (platform !== 'linux') return '';
  try {
    return (await readSmallFile(productNameFile)).trim();
  } catch {
    // Most containers and many machines have no such file: it tells nothing.
    return '';
  }
}

function found(onGoogleCloud: boolean, reason: string): Residency {
  return Object.freeze({ onGoogleCloud, reason });
}

function notYet(reason: string, retryable: boolean): Residency {
  return retryable ? Object.freeze({ onGoogleCloud: false, reason, retryable }) : found(false, reason);
}
