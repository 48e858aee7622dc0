/**
 * The test kit: an emulator of Google's token endpoint with fault injection, and a clock that tests move by hand.
 *
 * @module
 */
export { startEmulator } from './emulator.js';
export type { Emulator, EmulatorOptions } from './emulator.js';
export type { EmulatorSettings } from './settings.js';
export type { AuthorizedUser, EmulatedUserInfo, AuthorizedUserOptions } from './authorized-user.js';
export type { EmulatedUser, MintedToken } from './emulated-user.js';
export type { EmulatorFaults } from './fault-plan.js';
export type {
  BytesFault,
  DelayFault,
  EmulatorEndpoint,
  Fault,
  FaultKind,
  HangFault,
  HtmlFault,
  JsonFault,
  RedirectFault,
  ResetFault,
  SlowBodyFault,
  StatusFault,
  TruncateFault,
} from './fault.js';
export type { EmulatorRequests } from './request-log.js';
export type { RequestRecord, RequestTarget } from './request-record.js';
export { manualClock } from './manual-clock.js';
export type { ManualClock, ManualClockOptions } from './manual-clock.js';
