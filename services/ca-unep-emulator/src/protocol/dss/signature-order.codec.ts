import { ProtocolError } from '@poligon/emulator-kit';
import { z } from 'zod';
import type { SignatureForm } from '../../flow/content-signer.js';
import { SIGNATURE_TEMPLATES } from './signature-templates.js';

/** One document to sign, whichever call it came by. */
export interface SignatureOrder {
  readonly content: Buffer;
  readonly certificateId: number;
  readonly form: SignatureForm;
  readonly isDetached: boolean;
  readonly level: 'BES' | 'T';
  /** The document, when `content` is a detached signature to co-sign. */
  readonly original?: Buffer;
}

/** What a call asks to be signed, nothing when it executes what was confirmed; and the PIN code given with it. */
export interface SignatureOrders {
  readonly orders: readonly SignatureOrder[];
  readonly pin: string;
}

const BASE64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;
const MAX_DOCUMENTS = 100;

/** Clients send numbers and flags as text too. */
const looseNumber = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
export const pinSchema = z.string().max(100).nullish();
const parametersSchema = z.record(z.string(), z.unknown()).default({});
const signatureSchema = z.object({
  Type: z.union([z.string(), z.number()]).optional(),
  Parameters: parametersSchema,
  CertificateId: looseNumber.default(0),
  ProcessingTemplateId: looseNumber.optional(),
  PinCode: pinSchema,
});
const documentSchema = z.object({ Content: z.string().optional(), Signature: signatureSchema.optional() });
const transactionSchema = z.object({
  OperationCode: z.coerce.number().int(),
  Parameters: z.array(z.object({ Name: z.string().max(100), Value: z.string().nullish() })).default([]),
  Document: z.string().optional(),
  Documents: z
    .array(z.object({ Content: z.string() }))
    .max(MAX_DOCUMENTS)
    .optional(),
});
const operationSchema = z.object({
  BinaryData: z
    .array(z.object({ Content: z.string() }))
    .max(MAX_DOCUMENTS)
    .optional(),
  Signature: signatureSchema.optional(),
  PinCode: pinSchema,
});

function parsed<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const result = schema.safeParse(body ?? {});
  if (result.success) return result.data;
  throw new ProtocolError('parameters_required');
}

function contentOf(text: string | undefined): Buffer {
  if (text === undefined || text === '') throw new ProtocolError('content_required');
  if (!BASE64.test(text)) throw new ProtocolError('invalid_content');
  return Buffer.from(text, 'base64');
}

/** Text of a value that may come as text or as a number. */
const plain = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? `${value}` : '';
/** Signature types by name and by number. */
const FORMS: Readonly<Record<string, SignatureForm>> = {
  ...{ '': 'cms', CMS: 'cms', CAdES: 'cms', '0': 'cms', '1': 'cms' },
  ...{ Raw: 'raw', XML: 'xml', XMLDSig: 'xml', PDF: 'pdf' },
};
const CMS_KINDS: Readonly<Record<string, SignatureForm>> = { '': 'cms', sign: 'cms', cosign: 'cosign' };
const PDF_FORMATS = new Set(['', 'CMS']);

type Parameters = Readonly<Record<string, unknown>>;
const refused = (): ProtocolError => new ProtocolError('invalid_signature_params');

function formOf(type: unknown, parameters: Parameters): SignatureForm {
  const name = plain(type);
  const form = Object.hasOwn(FORMS, name) ? FORMS[name] : undefined;
  if (form === undefined) throw refused();
  if (form === 'pdf' && !PDF_FORMATS.has(plain(parameters['PDFFormat']))) throw refused();
  if (form !== 'cms') return form;
  const kind = plain(parameters['CmsSignatureType']);
  if (!Object.hasOwn(CMS_KINDS, kind)) throw refused();
  return CMS_KINDS[kind]!;
}

function optionsOf(type: unknown, parameters: Parameters) {
  const form = formOf(type, parameters);
  const level = plain(parameters['CADESType'] ?? 'BES').toUpperCase();
  if (level !== 'BES' && level !== 'T') throw refused();
  const original = plain(parameters['OriginalDocument']);
  return {
    ...({ form, level } as const),
    isDetached: plain(parameters['IsDetached'] ?? 'True').toLowerCase() === 'true',
    ...(form === 'cosign' && original !== '' ? { original: contentOf(original) } : {}),
  };
}

/** A template takes the place of type and parameters. */
function optionsIn({
  Type,
  Parameters: parameters,
  CertificateId,
  ProcessingTemplateId,
}: z.output<typeof signatureSchema>) {
  const options = { certificateId: CertificateId };
  if (ProcessingTemplateId === undefined) return { ...options, ...optionsOf(Type, parameters) };
  const template = SIGNATURE_TEMPLATES.find(({ Id }) => Id === ProcessingTemplateId);
  if (template === undefined) throw refused();
  return { ...options, ...optionsOf(template.SignatureType, { ...parameters, ...template.Parameters }) };
}

/** `POST /documents`. */
export function readDocument(body: unknown): SignatureOrders {
  const { Content, Signature } = parsed(documentSchema, body);
  const pin = Signature?.PinCode ?? '';
  if (Content === undefined) return { orders: [], pin };
  const content = contentOf(Content);
  return { orders: [{ content, ...optionsIn(Signature ?? parsed(signatureSchema, {})) }], pin };
}

const SIGN_DOCUMENT = new Set([2, 4]);

/** `POST /transactions`: one document, or several confirmed by one code. */
export function readTransaction(body: unknown): SignatureOrder[] {
  const { OperationCode, Parameters, Document, Documents } = parsed(transactionSchema, body);
  if (!SIGN_DOCUMENT.has(OperationCode)) throw refused();
  const named = Object.fromEntries(Parameters.map(({ Name, Value }) => [Name, Value ?? '']));
  const certificateId = parsed(looseNumber, named['CertificateID'] ?? named['CertificateId'] ?? 0);
  const options = { certificateId, ...optionsOf(named['SignatureType'], named) };
  const contents = Documents?.map(({ Content }) => Content) ?? [Document];
  return contents.map((text) => ({ content: contentOf(text), ...options }));
}

/** `POST /v2/signature`. */
export function readOperation(body: unknown): SignatureOrders {
  const { BinaryData = [], Signature, PinCode } = parsed(operationSchema, body);
  const pin = PinCode ?? Signature?.PinCode ?? '';
  if (BinaryData.length === 0) return { orders: [], pin };
  const options = optionsIn(Signature ?? parsed(signatureSchema, {}));
  return { orders: BinaryData.map(({ Content }) => ({ content: contentOf(Content), ...options })), pin };
}
