import { PkiError } from '../pki.errors.js';
import { PdfFile } from './pdf-file.js';
import {
  arrayAt,
  dictionaryAt,
  malformedPdf,
  referenceIn,
  wholeIn,
  writeDictionary,
  type PdfReference,
} from './pdf-syntax.js';

export interface SignPdfOptions {
  readonly content: Buffer;
  readonly signingTime: Date;
  /** Makes the detached CMS over the bytes the signature covers. */
  readonly sign: (covered: Buffer) => Buffer;
}

/** Room for the CMS: a certificate chain and a time-stamp fit several times. */
const CONTENTS_BYTES = 16 * 1024;
const RANGE_WIDTH = 10;
const MAX_PAGE_DEPTH = 50;

interface Change extends PdfReference {
  readonly value: string;
}

/** An object of the update; `text` ends in a line break. */
interface Written extends PdfReference {
  readonly offset: number;
}

/**
 * Signs a PDF by an incremental update (ISO 32000-1 7.5.6, 12.8): the document stays byte for byte, an invisible signature field
 * with a detached CMS (`adbe.pkcs7.detached`) over all but its own value follows. A signed document gets one more signature.
 * @throws PkiError `malformed` for what is no PDF, or is encrypted; `limit-exceeded` when it is too large or the CMS does not fit
 */
export function signPdf({ content, signingTime, sign }: SignPdfOptions): Buffer {
  const file = new PdfFile(content);
  const size = wholeIn(file.trailer.get('Size'), 'Size');
  const signature = { number: size, generation: 0 };
  const field = { number: size + 1, generation: 0 };
  const changes = [
    ...withField(file, field),
    { ...field, value: fieldValue(file, field.number, signature) },
    { ...signature, value: signatureValue(signingTime) },
  ];
  const prepared = appended(file, changes, size + 2);
  return completed(prepared, content.length, sign);
}

const written = ({ number, generation }: PdfReference): string => `${number} ${generation} R`;

function rootOf(file: PdfFile): PdfReference {
  const root = referenceIn(file.trailer.get('Root'));
  if (root === undefined) throw malformedPdf('Root is missing');
  return root;
}

/** The first page: a signature field is an annotation of one. */
function firstPage(file: PdfFile): PdfReference {
  let at = referenceIn(file.dictionary(rootOf(file).number).get('Pages'));
  for (let depth = 0; at !== undefined && depth < MAX_PAGE_DEPTH; depth += 1) {
    const kids = file.dictionary(at.number).get('Kids');
    if (kids === undefined) return at;
    const list = referenceIn(kids) === undefined ? kids : file.object(referenceIn(kids)!.number);
    at = referenceIn(arrayAt(list, 0).members[0]);
  }
  throw malformedPdf('there is no page');
}

/** The list with one more member: where it stands, or as an object of its own. */
function extended(
  file: PdfFile,
  list: string | undefined,
  member: string,
): { readonly value: string; readonly change?: Change } {
  const reference = referenceIn(list);
  const current = reference === undefined ? (list ?? '[]') : file.object(reference.number);
  const value = `[${[...arrayAt(current, 0).members, member].join(' ')}]`;
  return reference === undefined ? { value } : { value: list!, change: { ...reference, value } };
}

/** Catalog, form and page that know the field. */
function withField(file: PdfFile, field: PdfReference): Change[] {
  const root = rootOf(file);
  const catalog = file.dictionary(root.number);
  const formReference = referenceIn(catalog.get('AcroForm'));
  const form =
    formReference === undefined
      ? dictionaryAt(catalog.get('AcroForm') ?? '<< >>', 0).dictionary
      : file.dictionary(formReference.number);
  const fields = extended(file, form.get('Fields'), written(field));
  form.set('Fields', fields.value).set('SigFlags', '3');
  const formChange =
    formReference === undefined
      ? { ...root, value: writeDictionary(catalog.set('AcroForm', writeDictionary(form))) }
      : { ...formReference, value: writeDictionary(form) };
  const page = firstPage(file);
  const pageDictionary = file.dictionary(page.number);
  const annotations = extended(file, pageDictionary.get('Annots'), written(field));
  const pageChange = { ...page, value: writeDictionary(pageDictionary.set('Annots', annotations.value)) };
  const lists = [fields.change, annotations.change].filter((change) => change !== undefined);
  return [formChange, pageChange, ...lists];
}

const fieldValue = (file: PdfFile, number: number, signature: PdfReference): string =>
  `<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature${number}) /V ${written(signature)} ` +
  `/F 132 /Rect [0 0 0 0] /P ${written(firstPage(file))} >>`;

function signatureValue(signingTime: Date): string {
  const at = signingTime.toISOString().replace(/[-:T]/g, '').slice(0, 14);
  const range = `[0 ${'0'.repeat(RANGE_WIDTH)} ${'0'.repeat(RANGE_WIDTH)} ${'0'.repeat(RANGE_WIDTH)}]`;
  return (
    `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /M (D:${at}Z) ` +
    `/ByteRange ${range} /Contents <${'0'.repeat(CONTENTS_BYTES * 2)}> >>`
  );
}

/** The file with an update behind it; the last object of `changes` is the signature. */
function appended(file: PdfFile, changes: readonly Change[], size: number): string {
  let text = file.text.endsWith('\n') ? file.text : `${file.text}\n`;
  const objects = changes.map(({ number, generation, value }): Written => {
    const offset = text.length;
    text += `${number} ${generation} obj\n${value}\nendobj\n`;
    return { number, generation, offset };
  });
  const section = text.length;
  const next = file.hasStreamSections ? streamSection : tableSection;
  return `${text}${next(file, objects, size, section)}startxref\n${section}\n%%EOF\n`;
}

function trailerOf(file: PdfFile, size: number): Map<string, string> {
  const kept = ['Root', 'Info', 'ID'].flatMap((key) => {
    const value = file.trailer.get(key);
    return value === undefined ? [] : [[key, value] as const];
  });
  return new Map([...kept, ['Size', `${size}`], ['Prev', `${file.lastSection}`]]);
}

const digits = (value: number, count: number): string => String(value).padStart(count, '0');

function tableSection(file: PdfFile, objects: readonly Written[], size: number): string {
  const entries = objects.map(
    ({ number, generation, offset }) => `${number} 1\n${digits(offset, 10)} ${digits(generation, 5)} n \n`,
  );
  return `xref\n${entries.join('')}trailer\n${writeDictionary(trailerOf(file, size))}\n`;
}

/** A cross-reference stream without a filter; it is an object too and lists itself. */
function streamSection(file: PdfFile, objects: readonly Written[], size: number, section: number): string {
  const all = [...objects, { number: size, generation: 0, offset: section }];
  const rows = all.map(({ generation, offset }) => {
    const row = Buffer.alloc(7);
    row[0] = 1;
    row.writeUInt32BE(offset, 1);
    row.writeUInt16BE(generation, 5);
    return row.toString('latin1');
  });
  const dictionary = trailerOf(file, size + 1);
  dictionary
    .set('Type', '/XRef')
    .set('W', '[1 4 2]')
    .set('Length', `${rows.length * 7}`);
  dictionary.set('Index', `[${all.map(({ number }) => `${number} 1`).join(' ')}]`);
  return `${size} 0 obj\n${writeDictionary(dictionary)}\nstream\n${rows.join('')}\nendstream\nendobj\n`;
}

/** Writes the range and then the CMS into the room left for them. */
function completed(text: string, from: number, sign: (covered: Buffer) => Buffer): Buffer {
  const file = Buffer.from(text, 'latin1');
  const start =
    text.indexOf('/Contents <', text.indexOf('/SubFilter /adbe.pkcs7.detached', from)) + '/Contents '.length;
  const end = start + CONTENTS_BYTES * 2 + 2;
  const range = text.lastIndexOf('/ByteRange [0 ', start) + '/ByteRange [0 '.length;
  const values = [start, end, file.length - end].map((value) => String(value).padEnd(RANGE_WIDTH, ' '));
  file.write(values.join(' '), range, 'latin1');
  const cms = sign(Buffer.concat([file.subarray(0, start), file.subarray(end)]));
  if (cms.length > CONTENTS_BYTES) {
    throw new PkiError('limit-exceeded', `PDF: a signature of more than ${CONTENTS_BYTES} bytes does not fit`);
  }
  file.write(cms.toString('hex'), start + 1, 'latin1');
  return file;
}
