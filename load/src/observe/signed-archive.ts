import { verifyCms } from '@poligon/pki';
import { unzipSync } from 'fflate';

const MAX_UNPACKED_BYTES = 64 * 1024 * 1024;
const DOCUMENT = 'document.pdf';

/** What verifying an archive has shown; each refusal is a reason in words. */
export interface ArchiveCheck {
  valid: number;
  refusals: string[];
}

/**
 * Verifies every detached signature (`*.sig`, CMS) of a document's archive over its `document.pdf` (spec hrlink.md
 * 2.6). An archive that cannot be read, or that has no signature, is one refusal; never throws.
 */
export function checkArchive(zip: Buffer): ArchiveCheck {
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(zip, { filter: ({ originalSize }) => originalSize <= MAX_UNPACKED_BYTES });
  } catch {
    return { valid: 0, refusals: ['not a zip archive'] };
  }
  const document = files[DOCUMENT];
  if (!document) return { valid: 0, refusals: [`no ${DOCUMENT} in the archive`] };
  const signatures = Object.keys(files).filter((name) => name.endsWith('.sig'));
  if (signatures.length === 0) return { valid: 0, refusals: ['no signature in the archive'] };
  const reasons = signatures.map((name) => refusalOf(files[name] as Uint8Array, document));
  const refusals = reasons.filter((reason) => reason !== undefined);
  return { valid: signatures.length - refusals.length, refusals };
}

function refusalOf(signature: Uint8Array, document: Uint8Array): string | undefined {
  try {
    const { valid, reason } = verifyCms(Buffer.from(signature), Buffer.from(document));
    return valid ? undefined : (reason ?? 'the signature does not verify');
  } catch (error) {
    return (error as Error).message;
  }
}
