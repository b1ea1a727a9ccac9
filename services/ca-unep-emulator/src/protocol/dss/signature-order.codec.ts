import { ProtocolError } from '@poligon/emulator-kit';
import { z } from 'zod';

/** One document to sign, whichever call it came by. */
export interface SignatureOrder {
  readonly content: Buffer;
  readonly certificateId: number;
  readonly isDetached: boolean;
  readonly level: 'BES' | 'T';
  /** The bare signature value instead of a CMS. */
  readonly isRaw: boolean;
}

const BASE64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;
const MAX_DOCUMENTS = 100;

/** Clients send numbers and flags as text too. */
const looseNumber = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const parametersSchema = z.record(z.string(), z.unknown()).default({});
const signatureSchema = z.object({
  Type: z.union([z.string(), z.number()]).optional(),
  Parameters: parametersSchema,
  CertificateId: looseNumber.default(0),
  PinCode: z.string().nullish(),
});
const documentSchema = z.object({ Content: z.string().optional(), Signature: signatureSchema.optional() });
const transactionSchema = z.object({
  OperationCode: z.coerce.number().int(),
  Parameters: z.array(z.object({ Name: z.string().max(100), Value: z.string().max(1000).nullish() })).default([]),
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
const SIGNATURE_TYPES = new Set(['', 'CMS', 'CAdES', '1', '0', 'Raw']);

function optionsOf(type: unknown, parameters: Readonly<Record<string, unknown>>) {
  const level = plain(parameters['CADESType'] ?? 'BES').toUpperCase();
  const isKnown = SIGNATURE_TYPES.has(plain(type)) && ['BES', 'T'].includes(level);
  if (!isKnown) throw new ProtocolError('invalid_signature_params');
  return {
    isDetached: plain(parameters['IsDetached'] ?? 'True').toLowerCase() === 'true',
    level: level as 'BES' | 'T',
    isRaw: plain(type) === 'Raw',
  };
}

/** `POST /documents`; undefined for the executing call, whose body names no document. */
export function readDocument(body: unknown): SignatureOrder | undefined {
  const { Content, Signature } = parsed(documentSchema, body);
  if (Content === undefined) return undefined;
  const { Type, Parameters, CertificateId } = Signature ?? parsed(signatureSchema, {});
  return { content: contentOf(Content), certificateId: CertificateId, ...optionsOf(Type, Parameters) };
}

const SIGN_DOCUMENT = new Set([2, 4]);

/** `POST /transactions`: one document, or several confirmed by one code. */
export function readTransaction(body: unknown): SignatureOrder[] {
  const { OperationCode, Parameters, Document, Documents } = parsed(transactionSchema, body);
  if (!SIGN_DOCUMENT.has(OperationCode)) throw new ProtocolError('invalid_signature_params');
  const named = Object.fromEntries(Parameters.map(({ Name, Value }) => [Name, Value ?? '']));
  const certificateId = parsed(looseNumber, named['CertificateID'] ?? named['CertificateId'] ?? 0);
  const options = { certificateId, ...optionsOf(named['SignatureType'], named) };
  const contents = Documents?.map(({ Content }) => Content) ?? [Document];
  return contents.map((text) => ({ content: contentOf(text), ...options }));
}

/** `POST /v2/signature`; empty for the executing call. */
export function readOperation(body: unknown): SignatureOrder[] {
  const { BinaryData = [], Signature } = parsed(operationSchema, body);
  const { Type, Parameters, CertificateId } = Signature ?? parsed(signatureSchema, {});
  const options = { certificateId: CertificateId, ...optionsOf(Type, Parameters) };
  return BinaryData.map(({ Content }) => ({ content: contentOf(Content), ...options }));
}
