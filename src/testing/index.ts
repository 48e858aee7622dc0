/**
 * The test kit: an emulator of Google's token endpoint, metadata server and IAM with fault injection, and a clock that tests
 * move by hand.
 *
 * @module
 */
export { startEmulator } from './emulator.js';
export type { Emulator, EmulatorOptions } from './emulator.js';
export type { EmulatorIssuers } from './accounts/issuers.js';
export type { EmulatorSettings } from './settings.js';
export type { AuthorizedUser, EmulatedUserInfo } from './accounts/authorized-user.js';
export type { AuthorizedUserOptions } from './accounts/authorized-user-options.js';
export type { EmulatedUser, MintedToken } from './accounts/emulated-user.js';
export type { EmulatedServiceAccountInfo, ServiceAccountKeyFile } from './accounts/service-account.js';
export type { ServiceAccountOptions } from './accounts/service-account-options.js';
export type { EmulatedServiceAccount } from './accounts/emulated-service-account.js';
export type { ClientOptions, EmulatedClient } from './accounts/emulated-client.js';
export type { IdTokenDefect, IdTokenOptions } from './keys/id-token-options.js';
export type { SigningAlgorithm } from './keys/signing-key.js';
export type { AttachedServiceAccount, MetadataOptions } from './metadata/metadata-options.js';
export type { MetadataEnvironment, MetadataServer } from './metadata/metadata-server.js';
export type { EmulatorFaults } from './faults/fault-plan.js';
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
} from './faults/fault.js';
export type { EmulatorRequests } from './http/request-log.js';
export type { RequestRecord, RequestTarget } from './http/request-record.js';
export { createGcloudStandIn } from './gcloud/gcloud-stand-in.js';
export type { GcloudStandIn, GcloudStandInRun } from './gcloud/gcloud-stand-in.js';
export type { GcloudAnswer, GcloudStandInSettings } from './gcloud/gcloud-settings.js';
export { manualClock } from './clock/manual-clock.js';
export type { ManualClock, ManualClockOptions } from './clock/manual-clock.js';
