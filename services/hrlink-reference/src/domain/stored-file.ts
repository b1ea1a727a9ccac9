import { smallPdf } from './small-pdf.js';

/** An uploaded file. Its bytes are not kept: size, name and digest say all that the document flow needs. */
export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly sizeBytes: number;
  /** SHA-256 of the upload, hex. */
  readonly sha256: string;
  readonly creatorId: string | null;
  readonly createdAtMs: number;
  processedAtMs: number | null;
  conversionFailedAtMs: number | null;
}

/** Extensions of spec 2.6. */
const EXTENSIONS = /\.(pdf|docx?|xlsx?|rtf|jpe?g|bmp|png|tiff)$/i;

export function isAcceptedFormat(fileName: string): boolean {
  return EXTENSIONS.test(fileName);
}

export function isConversionOver(file: StoredFile): boolean {
  return file.processedAtMs !== null || file.conversionFailedAtMs !== null;
}

/**
 * Result of the conversion: what is signed and archived. A stand-in for PDF/A-1a that names its source by digest, so a
 * signature over it binds the uploaded bytes.
 */
export function convertedFile(file: StoredFile): Buffer {
  return smallPdf(file.id, [
    `Converted from: ${file.name}`,
    `Source size: ${file.sizeBytes} bytes`,
    `Source SHA-256: ${file.sha256}`,
    `File: ${file.id}`,
  ]);
}
