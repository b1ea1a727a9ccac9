import { ProtocolError } from '@poligon/emulator-kit';
import { parseCertificate, PkiError, type SuiteId } from '@poligon/pki';
import { z } from 'zod';
import type { CaConfig } from '../../config.js';
import { pinSchema } from './signature-order.codec.js';

/** ALG_ID numbers of CryptoAPI and OIDs of the same keys. */
const KEY_ALGORITHMS: Readonly<Record<SuiteId, readonly string[]>> = {
  'gost2012-256': ['11849', '1.2.643.7.1.1.1.1'],
  'gost2012-512': ['11837', '1.2.643.7.1.1.1.2'],
  'ecdsa-p256': ['8707', '1.2.840.10045.2.1'],
  'rsa-2048': ['9216', '1.2.840.113549.1.1.1'],
};
const GOST_CURVES: Readonly<Record<CaConfig['employeeParamSet'], string>> = {
  'cryptopro-a': '1.2.643.2.2.35.1',
  'xch-a': '1.2.643.2.2.36.0',
  'tc26-a': '1.2.643.7.1.2.1.1.1',
};
const OTHER_CURVES: Readonly<Record<string, string>> = {
  'gost2012-512': '1.2.643.7.1.2.1.2.1',
  'ecdsa-p256': '1.2.840.10045.3.1.7',
};

const loose = z
  .union([z.string().max(100), z.number()])
  .nullish()
  .transform((value) => String(value ?? ''));
const keySchema = z.object({ AlgId: loose, ParametersOid: loose, PinCode: pinSchema });

/**
 * `POST /keys/generate`. @returns the PIN code, empty for none
 * @throws ProtocolError `algid_is_not_supported`, `param_set_is_not_supported` for keys this authority does not make
 */
export function readKeyOrder(body: unknown, config: Pick<CaConfig, 'suite' | 'employeeParamSet'>): string {
  const parsed = keySchema.safeParse(body ?? {});
  if (!parsed.success) throw new ProtocolError('parameters_required');
  const { AlgId, ParametersOid, PinCode } = parsed.data;
  if (AlgId !== '' && !KEY_ALGORITHMS[config.suite].includes(AlgId)) throw new ProtocolError('algid_is_not_supported');
  const curve =
    config.suite === 'gost2012-256' ? GOST_CURVES[config.employeeParamSet] : (OTHER_CURVES[config.suite] ?? '');
  if (ParametersOid !== '' && ParametersOid !== curve) throw new ProtocolError('param_set_is_not_supported');
  return PinCode ?? '';
}

const MAX_RECIPIENTS = 100;
const certificates = z.array(z.base64().min(1)).min(1).max(MAX_RECIPIENTS);
const encryptionSchema = z.object({ Content: z.base64().nullish() });
const recipientsSchema = z.union([
  z.object({ Certificates: certificates }).transform((given) => given.Certificates),
  z.object({ Recipients: certificates }).transform((given) => given.Recipients),
]);

/** `POST /documents/encrypt`. @throws ProtocolError `content_required`, `invalid_content`, `invalid_recipients` */
export function readEncryption(body: unknown): { readonly content: Buffer; readonly recipients: readonly Buffer[] } {
  const document = encryptionSchema.safeParse(body ?? {});
  if (!document.success) throw new ProtocolError('invalid_content');
  if (!document.data.Content) throw new ProtocolError('content_required');
  const parsed = recipientsSchema.safeParse(body);
  if (!parsed.success) throw new ProtocolError('invalid_recipients');
  const recipients = parsed.data.map((certificate) => Buffer.from(certificate, 'base64'));
  return { content: Buffer.from(document.data.Content, 'base64'), recipients: recipients.map(checked) };
}

function checked(certificate: Buffer): Buffer {
  try {
    parseCertificate(certificate);
    return certificate;
  } catch (failure) {
    if (failure instanceof PkiError) throw new ProtocolError('invalid_recipients');
    throw failure;
  }
}
