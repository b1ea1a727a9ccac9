import { WireReply } from '@poligon/emulator-kit';
import { zipSync } from 'fflate';
import type { HrDocument } from '../domain/document.js';

/** The PDF files of a document. */
export interface DocumentFiles {
  /** PDF/A original: what the signatures cover. */
  readonly original: Buffer;
  /** The same with stamps. */
  readonly stamped: Buffer;
}

/** КЭДО archive (spec 2.6): original, stamped PDF, one detached `.sig` per signature, XML metadata. Stored without compression. */
export function documentArchive(document: HrDocument, { original, stamped }: DocumentFiles): WireReply {
  const signatures = document.signers.flatMap(({ id, signature }) =>
    signature === null ? [] : [[`${id}.sig`, new Uint8Array(signature)] as const],
  );
  const files = {
    'document.pdf': new Uint8Array(original),
    'document-stamped.pdf': new Uint8Array(stamped),
    ...Object.fromEntries(signatures),
    'metadata.xml': new TextEncoder().encode(metadata(document)),
  };
  const headers = {
    'content-type': 'application/zip',
    'content-disposition': `attachment; filename="${document.id}.zip"`,
  };
  return new WireReply(200, headers, Buffer.from(zipSync(files, { level: 0 })));
}

function metadata(document: HrDocument): string {
  const signers = document.signers.map(
    ({ id, signerType, signedAtMs }) =>
      `  <signer id="${id}" type="${signerType}" signedDate="${signedAtMs === null ? '' : new Date(signedAtMs).toISOString()}"/>`,
  );
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<document id="${document.id}" date="${escaped(document.content.date)}" number="${escaped(document.content.number ?? '')}">`,
    ...signers,
    '</document>',
  ];
  return `${lines.join('\n')}\n`;
}

function escaped(text: string): string {
  return text.replace(/[<>&"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
