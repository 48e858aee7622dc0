/** How the Google Cloud CLI names accounts. */

const MAX_ACCOUNT_LENGTH = 320;
const EMAIL = /^\w[\w.+'-]*@[a-z0-9][a-z0-9.-]*$/i;
/** How gcloud names the people of workforce and workload identity pools. */
const PRINCIPAL = /^principal:\/\/iam\.googleapis\.com\/[\w.@/+-]+$/;

/** Whether this is how gcloud names an account: an e-mail address, or a `principal://…`. It can mean nothing else on a command line. */
export function isGcloudAccount(value: unknown): value is string {
  return (
    typeof value === 'string' && value.length <= MAX_ACCOUNT_LENGTH && (EMAIL.test(value) || PRINCIPAL.test(value))
  );
}
