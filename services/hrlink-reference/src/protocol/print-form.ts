import { WireReply } from '@poligon/emulator-kit';
import { smallPdf } from '../domain/small-pdf.js';

/** Who signed and when, for the stamp. */
export interface Stamp {
  readonly signedAtMs: number | null;
  readonly kind: string;
  readonly id: string;
}

/** The stamped PDF of an object. */
export function stamped(id: string, number: string | null, stamps: readonly Stamp[]): Buffer {
  const signed = stamps.filter(({ signedAtMs }) => signedAtMs !== null);
  const lines = [
    `Document ${id}`,
    `Number ${number ?? '-'}`,
    ...signed.map(
      ({ kind, id: signer, signedAtMs }) => `Signed ${kind} ${signer} ${new Date(signedAtMs ?? 0).toISOString()}`,
    ),
  ];
  return smallPdf(id, lines);
}

/** The stamped PDF as a reply, named after the object's number. */
export function printForm(id: string, number: string | null, stamps: readonly Stamp[]): WireReply {
  return pdfReply(stamped(id, number, stamps), `${number ?? 'document'}.pdf`);
}

/** A PDF with its name both in ASCII and in UTF-8 (spec section 8). */
export function pdfReply(pdf: Buffer, name: string): WireReply {
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16)}`,
  );
  const headers = {
    'content-type': 'application/pdf',
    'content-disposition': `attachment; filename="document.pdf"; filename*=UTF-8''${encoded}`,
  };
  return new WireReply(200, headers, pdf);
}
