/**
 * The test kit: an emulator of Google's token endpoint, metadata server and IAM with fault injection, and a clock that tests
 * move by hand.
 *
 * @module
 */
export { startEmulator } from './emulator.js';
export type { Emulator, EmulatorOptions } from './emulator.js';
export type { EmulatorIssuers } from './issuers.js';
export type { EmulatorSettings } from './settings.js';
export type { AuthorizedUser, EmulatedUserInfo, AuthorizedUserOptions } from './authorized-user.js';
export type { EmulatedUser, MintedToken } from './emulated-user.js';
export type { EmulatedServiceAccountInfo, ServiceAccountKeyFile, ServiceAccountOptions } from './service-account.js';
export type { EmulatedServiceAccount } from './emulated-service-account.js';
export type { ClientOptions, EmulatedClient } from './emulated-client.js';
export type { IdTokenDefect, IdTokenOptions } from './minted-id-token.js';
export type { SigningAlgorithm } from './signing-key.js';
export type { AttachedServiceAccount, MetadataOptions } from './metadata-machine.js';
export type { MetadataEnvironment, MetadataServer } from './metadata-server.js';
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
export { createGcloudStandIn } from './gcloud-stand-in.js';
export type { GcloudAnswer, GcloudStandIn, GcloudStandInRun, GcloudStandInSettings } from './gcloud-stand-in.js';
export { manualClock } from './manual-clock.js';
export type { ManualClock, ManualClockOptions } from './manual-clock.js';
