import { constants, createHash, createPrivateKey, createPublicKey, randomBytes } from 'node:crypto';
import { setEngine, sign, verify } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { gostPrivateKeyPem } from './gost-key.js';
import { PARAM_SETS } from './gost-params.js';

/** Whether OpenSSL's GOST engine works in this process, and why not. */
export interface GostEngineStatus {
  available: boolean;
  /** Absent when something else had loaded the engine before. */
  path?: string;
  reason?: string;
}

/** Where Debian and its relatives install the engine. */
const KNOWN_PATHS = [
  '/usr/lib/x86_64-linux-gnu/engines-3/gost.so',
  '/usr/lib/aarch64-linux-gnu/engines-3/gost.so',
  '/usr/lib64/engines-3/gost.so',
];
/** OpenSSL's names of the digests, by their length in bytes. */
export const ENGINE_DIGESTS = { 32: 'md_gost12_256', 64: 'md_gost12_512' } as const;
const ENGINE_DIGEST = ENGINE_DIGESTS[32];
const PROBE = Buffer.from('probe');
const EMPTY_DIGEST = '3f539a213e97c802cc229d474c6aa32a825a360b2a933a949fd925208d9ce1bb';
const { ENGINE_METHOD_DIGESTS, ENGINE_METHOD_PKEY_METHS, ENGINE_METHOD_PKEY_ASN1_METHS } = constants;
// Not ENGINE_METHOD_ALL: the engine's own random generator must not replace OpenSSL's.
const METHODS = ENGINE_METHOD_DIGESTS | ENGINE_METHOD_PKEY_METHS | ENGINE_METHOD_PKEY_ASN1_METHS;

const emptyHashes: Partial<Record<32 | 64, Hash>> = {};

/** Streebog by the engine, which must have been found available. */
export function startEngineDigest(bytes: 32 | 64): Hash {
  return (emptyHashes[bytes] as Hash).copy();
}

/** Digest of a known string, then a signature of a known key there and back. @throws Error when any of it fails. */
function selfTest(): void {
  emptyHashes[32] = createHash(ENGINE_DIGESTS[32]);
  emptyHashes[64] = createHash(ENGINE_DIGESTS[64]);
  // Looking up an engine's digest leaves an error in OpenSSL's queue that the next createPrivateKey, of any key and
  // anyone's, would report as its own. Drawing a random byte empties the queue; copying the hash never fills it.
  randomBytes(1);
  if (startEngineDigest(32).digest('hex') !== EMPTY_DIGEST) throw new Error('wrong Streebog digest');
  const key = createPrivateKey(gostPrivateKeyPem(PARAM_SETS['cryptopro-a'].keyAlgorithm, 2n));
  const signature = sign(ENGINE_DIGEST, PROBE, key);
  if (!verify(ENGINE_DIGEST, PROBE, createPublicKey(key), signature)) throw new Error('own signature does not verify');
}

/** Undefined when the engine works, else why not. */
function fault(act: () => void): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function load(path: string): GostEngineStatus {
  if (!existsSync(path)) return { available: false, reason: `no file ${path}` };
  const reason = fault(() => {
    setEngine(path, METHODS);
    selfTest();
  });
  return reason === undefined ? { available: true, path } : { available: false, reason: `${path}: ${reason}` };
}

let loaded: GostEngineStatus | undefined;

/**
 * Loads the engine on the first call (it then stays for the process, worker threads included) and tests it on the known
 * digest of the empty string. Never throws: without an engine the answer says which paths were tried.
 * @param enginePath tried before the known paths, e.g. the value of GOST_ENGINE_PATH
 */
export function gostEngineStatus(enginePath?: string): GostEngineStatus {
  if (loaded && (loaded.available || !enginePath)) return loaded;
  // OPENSSL_CONF or another copy of this library may have loaded it; a second load in one process is refused.
  if (fault(selfTest) === undefined) return (loaded = { available: true });
  const attempts: GostEngineStatus[] = [];
  for (const path of [...(enginePath ? [enginePath] : []), ...KNOWN_PATHS]) {
    const attempt = load(path);
    if (attempt.available) return (loaded = attempt);
    attempts.push(attempt);
  }
  return (loaded = { available: false, reason: attempts.map(({ reason }) => reason).join('; ') });
}
