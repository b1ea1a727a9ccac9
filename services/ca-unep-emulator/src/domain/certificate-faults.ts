import { attribute, type CertificateProfile, type SignatureSuite } from '@poligon/pki';
import type { FaultHints, FaultHintName } from './fault-hints.js';

interface Circumstances {
  readonly hints: FaultHints;
  readonly nowMs: number;
  /** Makes a key that is not the signing one. */
  readonly suite: SignatureSuite;
}

type Change = (content: CertificateProfile, circumstances: Circumstances) => Partial<CertificateProfile>;

const DAY_MS = 86_400_000;
/** Less than the five days before which a certificate is re-issued. */
const NEAR_DAYS = 4;
const SOMEBODY_ELSE = [attribute('SNILS', '11223344595'), attribute('C', 'RU'), attribute('CN', 'Посторонний Пётр')];
const days = (nowMs: number, count: number): Date => new Date(Math.floor(nowMs / 1000) * 1000 + count * DAY_MS);

/** What each fault makes wrong in a certificate that is issued all the same. */
const CHANGES: readonly (readonly [FaultHintName, Change])[] = [
  ['cert-wrong-subject', () => ({ subject: SOMEBODY_ELSE })],
  ['cert-wrong-key', (_, { suite }) => ({ spki: suite.generateKeyPair().spki })],
  ['cert-wrong-key-usage', () => ({ keyUsage: ['keyEncipherment'] })],
  ['cert-already-expired', (_, { nowMs }) => ({ notBefore: days(nowMs, -366), notAfter: days(nowMs, -1) })],
  ['cert-not-yet-valid', (_, { nowMs }) => ({ notBefore: days(nowMs, 1), notAfter: days(nowMs, 366) })],
  [
    'cert-near-expiry',
    (_, { nowMs }) => ({ notBefore: days(nowMs, NEAR_DAYS - 365), notAfter: days(nowMs, NEAR_DAYS) }),
  ],
];

/** The content with everything wrong that its faults ask for. */
export function withCertificateFaults(content: CertificateProfile, circumstances: Circumstances): CertificateProfile {
  return CHANGES.filter(([name]) => circumstances.hints[name] === true).reduce(
    (changed, [, change]) => ({ ...changed, ...change(content, circumstances) }),
    content,
  );
}
