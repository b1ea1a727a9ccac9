import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { signCms } from '../cms/sign-cms.js';
import { pem } from '../der/pem.js';
import { PkiError } from '../pki.errors.js';
import { signatureSuite } from '../suites/registry.js';
import { CertificateAuthority } from '../x509/certificate-authority.js';
import { attribute } from '../x509/names.js';
import { signPdf } from './sign-pdf.js';
import { PdfFile } from './pdf-file.js';
import { MAX_PDF_BYTES } from './pdf-syntax.js';
import { verifyPdf } from './verify-pdf.js';

const notBefore = new Date(Date.now() - 86_400_000);
const notAfter = new Date(Date.now() + 86_400_000);
const keyPair = signatureSuite('ecdsa-p256').generateKeyPair();
const { certificate } = CertificateAuthority.createRoot({
  keyPair,
  subject: [attribute('CN', 'Иванов')],
  notBefore,
  notAfter,
});
const signingTime = new Date();
const signed = (content: Buffer): Buffer =>
  signPdf({
    content,
    signingTime,
    sign: (covered) => signCms({ keyPair, certificate, content: covered, signingTime }),
  });

/** A page with a table of cross-references; what its catalog and page say more. */
function tablePdf(catalog = '', page = '', more: readonly string[] = []): Buffer {
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] ${page} >>`,
    ...more,
  ];
  let text = '%PDF-1.4\n%\xe2\xe3\n';
  const entries = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${entries.join('')}`;
  return Buffer.from(
    `${text}${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF`,
    'latin1',
  );
}

/** The same page in an object stream, with a stream of cross-references. @param predictor PNG "up" in rows */
function streamPdf(predictor: boolean): Buffer {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R >>',
  ];
  let [head, body] = ['', ''];
  for (const [index, object] of objects.entries()) {
    head += `${index + 1} ${body.length} `;
    body += `${object} `;
  }
  const packed = deflateSync(Buffer.from(head + body, 'latin1'));
  let text = '%PDF-1.5\n';
  const streamAt = text.length;
  const dictionary = `<< /Type /ObjStm /N 3 /First ${head.length} /Filter /FlateDecode /Length ${packed.length} >>`;
  text += `4 0 obj\n${dictionary}\nstream\n${packed.toString('latin1')}\nendstream\nendobj\n`;
  const rows = [
    [0, 0, 0],
    [2, 4, 0],
    [2, 4, 1],
    [2, 4, 2],
    [1, streamAt, 0],
    [1, text.length, 0],
  ].map(([kind, left, right]) => Buffer.from([kind!, left! >> 8, left! & 255, right!]));
  const predicted = rows.map((row, index) => {
    const up = rows[index - 1] ?? Buffer.alloc(4);
    return Buffer.from([2, ...row.map((byte, column) => byte - up[column]!)]);
  });
  const table = deflateSync(Buffer.concat(predictor ? predicted : rows));
  const parameters = predictor ? '/DecodeParms << /Predictor 12 /Columns 4 >>' : '';
  const xref = `<< /Type /XRef /Size 6 /Root 1 0 R /W [1 2 1] /Filter /FlateDecode ${parameters} /Length ${table.length} >>`;
  const section = text.length;
  return Buffer.from(
    `${text}5 0 obj\n${xref}\nstream\n${table.toString('latin1')}\nendstream\nendobj\nstartxref\n${section}\n%%EOF\n`,
    'latin1',
  );
}

const DOCUMENTS: [string, Buffer][] = [
  ['a table of cross-references', tablePdf()],
  ['a form and annotations of its own', tablePdf('/AcroForm << /Fields [] /DA (a\\)b(c)) >>', '/Annots [ ]')],
  [
    'form, fields and annotations elsewhere',
    tablePdf('/AcroForm 4 0 R', '/Annots 5 0 R', ['<< /Fields 6 0 R >>', '[]', '[]']),
  ],
  ['streams', streamPdf(false)],
  ['streams with a predictor', streamPdf(true)],
];

describe('PDF signature', () => {
  it.each(DOCUMENTS)(
    '%s: the document stays as it was, openssl accepts the CMS over the byte range',
    (_name, document) => {
      const folder = mkdtempSync(join(tmpdir(), 'pki-pdf-'));
      const pdf = signed(document);
      expect(pdf.subarray(0, document.length).equals(document)).toBe(true);
      const [, first, second, rest] = /ByteRange \[(\d+) (\d+) +(\d+) +(\d+) *\]/
        .exec(pdf.toString('latin1'))!
        .slice(1)
        .map(Number);
      expect(second! + rest!).toBe(pdf.length);
      const save = (name: string, data: Buffer | string): string => {
        writeFileSync(join(folder, name), data);
        return join(folder, name);
      };
      const cms = save('s.der', Buffer.from(pdf.toString('latin1', first! + 1, second! - 1), 'hex'));
      const content = save('d.bin', Buffer.concat([pdf.subarray(0, first), pdf.subarray(second)]));
      const root = save('r.pem', pem(certificate, 'CERTIFICATE'));
      const verify = ['cms', '-verify', '-binary', '-inform', 'DER', '-in', cms, '-content', content, '-CAfile', root];
      const run = (): string =>
        execFileSync('sh', ['-c', 'openssl "$@" 2>&1 >/dev/null || true', 'sh', ...verify]).toString();
      expect(run()).toContain('CMS Verification successful');
      writeFileSync(content, Buffer.concat([pdf.subarray(0, first), Buffer.from('x'), pdf.subarray(second)]));
      expect(run()).toContain('CMS Verification failure');
      rmSync(folder, { recursive: true });
    },
  );

  it.each(DOCUMENTS)('%s: a second signature leaves the first one good', (_name, document) => {
    const twice = signed(signed(document));
    expect(verifyPdf(twice).map(({ valid }) => valid)).toEqual([true, true]);
    expect(verifyPdf(Buffer.concat([twice, Buffer.from('\n')])).map(({ valid }) => valid)).toEqual([true, false]);
    const changed = Buffer.from(twice);
    changed[document.indexOf('/Pages') + 1]! ^= 1;
    expect(verifyPdf(changed).map(({ valid }) => valid)).toEqual([false, false]);
    expect(twice.toString('latin1')).toMatch(/\/Fields \[\d+ 0 R \d+ 0 R\]|obj\n\[\d+ 0 R \d+ 0 R\]/);
  });

  it.each([
    ['no PDF', Buffer.from('text')],
    ['nothing behind the header', Buffer.from('%PDF-1.4\n')],
    ['an offset beyond the end', Buffer.from('%PDF-1.4\nstartxref\n999\n%%EOF')],
    ['an encrypted one', Buffer.from(tablePdf().toString('latin1').replace('/Root', '/Encrypt 9 0 R /Root'), 'latin1')],
    ['sections in a circle', Buffer.from('%PDF-1.4\nxref\ntrailer << /Prev 9 >>\nstartxref\n9\n')],
    ['depth', Buffer.from(`%PDF-1.4\nxref\ntrailer << /A ${'['.repeat(10_000)}`.concat('\nstartxref\n9\n'))],
    ['a page tree without a page', tablePdf('/Pages 2 0 R').subarray(0, 40)],
  ])('refuses %s', (_name, document) => {
    expect(() => signed(document)).toThrow(PkiError);
  });

  it('throws nothing but its own error for damaged documents, and never accepts one', () => {
    const documents = fc.constantFrom(...DOCUMENTS.map(([, document]) => document));
    fc.assert(
      fc.property(documents, fc.nat(), fc.nat(255), (document, place, value) => {
        const damaged = Buffer.from(document);
        damaged[place % damaged.length] = value;
        expect(verifyPdf(damaged).map(({ valid }) => valid)).toEqual([false]);
        try {
          signed(damaged);
        } catch (failure) {
          expect(failure).toBeInstanceOf(PkiError);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('says that a document is not signed', () => {
    expect(verifyPdf(tablePdf())).toEqual([{ valid: false, reason: 'the document is not signed' }]);
  });

  it('takes no file that would not fit into the memory as text', () => {
    const large = Buffer.alloc(MAX_PDF_BYTES + 1, '%PDF-');
    expect(verifyPdf(large)).toEqual([{ valid: false, reason: `more than ${MAX_PDF_BYTES} bytes` }]);
    expect(() => new PdfFile(large)).toThrow(expect.objectContaining({ code: 'limit-exceeded' }));
  });
});
