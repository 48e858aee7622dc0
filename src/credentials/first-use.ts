/** What kinds need once a token has to be minted or signed. One file: whoever needs some of it soon needs the rest. */
export { mintForClient } from './client/client-minting.js';
export { flightTransport } from './flight-transport.js';
export { mintAnother } from './gcloud/gcloud-kept.js';
export { mintJwt } from './jwt/jwt-minting.js';
export { mintMetadataIdToken } from './metadata/metadata-id-token-mint.js';
export { learnOfMachine, mintMetadataToken } from './metadata/metadata-mint.js';
export { signAsMachine } from './metadata/metadata-signing.js';
export { mintServiceAccountIdToken } from './service-account/service-account-id-token-minting.js';
export { mintServiceAccountToken } from './service-account/service-account-minting.js';
export { signatureBy } from './signature-call.js';
export { addUsage } from './usage-header.js';
export { forgetRefusal, mintForUser } from './user/user-mint.js';
