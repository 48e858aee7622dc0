/** Certificates made on the spot by openssl, each its own issuer. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate and its key, as PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', 'key.pem'];

/** A self-signed certificate for a name such as `IP:127.0.0.1` or `DNS:localhost`; with negative days it has expired. */
export function selfSigned(name = 'IP:127.0.0.1', days = 1): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  const openssl = (...line: string[]): unknown => execFileSync('openssl', line, { cwd: folder, stdio: 'ignore' });
  try {
    openssl('req', ...NEW_KEY, '-subj', '/CN=loopback', '-addext', `subjectAltName=${name}`, '-out', 'request.pem');
    const asked = ['-in', 'request.pem', '-copy_extensions', 'copy', '-days', String(days)];
    openssl('x509', '-req', ...asked, '-signkey', 'key.pem', '-out', 'cert.pem');
    return { cert: readFileSync(join(folder, 'cert.pem'), 'utf8'), key: readFileSync(join(folder, 'key.pem'), 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
