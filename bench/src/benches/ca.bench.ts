import { createHash, webcrypto } from 'node:crypto';
import { createRequire } from 'node:module';
import {
  attribute,
  CertificateAuthority,
  der,
  gostEngineStatus,
  OcspResponder,
  OID,
  parseCertificate,
  parseOcspRequest,
  signatureSuite,
  signCms,
  unepSubject,
  type KeyPair,
  type SuiteId,
} from '@poligon/pki';
import * as pkijs from 'pkijs';
import type { Bench } from '../harness/bench.js';
import { median, short } from '../harness/statistics.js';

/** Ratios to the bare signing rate of the same suite that must hold. */
const FLOORS = { issue: 0.4, ocsp: 0.5, cms: 0.5 } as const;
const NOT_BEFORE = new Date(Date.UTC(2026, 0, 1));
const NOT_AFTER = new Date(Date.UTC(2027, 0, 1));
const SUBJECT = unepSubject({
  ...{ surname: 'Иванова', givenName: 'Мария', patronymic: 'Петровна', snils: '11223344595', inn: '500100732259' },
  ...{ region: '77 г. Москва', locality: 'г. Москва', organization: { name: 'ООО «Полигон»', ogrn: '1027700132195' } },
});
const DOCUMENT = Buffer.alloc(100 * 1024, 7);

type Work = () => unknown;
interface Rates {
  readonly [work: string]: number;
}

/** Rounds of all works in turn, so that a busy moment of the machine falls on all of them; operations per CPU-second. */
async function measure(works: Readonly<Record<string, Work>>, rounds: number, seconds: number): Promise<Rates> {
  const found: Record<string, number[]> = {};
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, work] of Object.entries(works)) {
      const cpu = process.cpuUsage();
      const endMs = performance.now() + seconds * 1000;
      let count = 0;
      for (; performance.now() < endMs; count += 1) await work();
      const { user, system } = process.cpuUsage(cpu);
      // The first round warms the compiler up.
      if (round > 0) (found[name] ??= []).push((count / (user + system)) * 1e6);
    }
  }
  return Object.fromEntries(Object.entries(found).map(([name, rates]) => [name, median(rates)]));
}

function ocspRequest(issuer: CertificateAuthority, serial: Buffer): Buffer {
  const { octetString, oid, sequence, integer, NULL } = der;
  const sha1 = (data: Buffer): Buffer => octetString(createHash('sha1').update(data).digest());
  const id = sequence(
    sequence(oid(OID.sha1), NULL),
    sha1(issuer.subjectDer),
    octetString(issuer.keyId),
    integer(serial),
  );
  return sequence(sequence(sequence(sequence(id))));
}

/** Our own works of one suite beside its bare signature. */
function ourWorks(id: SuiteId): Record<string, Work> {
  const suite = signatureSuite(id);
  const keyPair = suite.generateKeyPair();
  const times = { notBefore: NOT_BEFORE, notAfter: NOT_AFTER };
  const authority = CertificateAuthority.createRoot({ keyPair, subject: [attribute('CN', 'УЦ')], ...times });
  const person: KeyPair = suite.generateKeyPair();
  const certificate = authority.issue({ ...times, subject: SUBJECT, spki: person.spki }).der;
  const own = { keyPair, certificate: authority.certificate };
  const responder = new OcspResponder({ ...own, issuerCertificate: authority.certificate });
  const request = ocspRequest(authority, parseCertificate(certificate).serial);
  const kilobyte = Buffer.alloc(1024, 1);
  const digest = suite.digest(DOCUMENT).subarray(0, 32);
  return {
    sign: () => keyPair.sign(kilobyte),
    issue: () => authority.issue({ ...times, subject: SUBJECT, spki: person.spki, identificationKind: 0 }),
    ocsp: () => {
      const answers = parseOcspRequest(request).certIds.map((certId) => ({ certId, status: 'good' as const }));
      return responder.respond({ answers, producedAt: NOT_BEFORE, thisUpdate: NOT_BEFORE, nextUpdate: NOT_AFTER });
    },
    'hash + sign': () => keyPair.sign(Buffer.concat([suite.digest(DOCUMENT), digest])),
    cms: () => signCms({ keyPair: person, certificate, content: DOCUMENT, signingTime: NOT_BEFORE }),
  };
}

/** A certificate of the same content made by pkijs, ECDSA P-256. */
async function pkijsIssue(): Promise<Work> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const engine = new pkijs.CryptoEngine({ name: 'node', crypto: webcrypto as never });
  pkijs.setEngine('node', engine);
  const ours = signatureSuite('ecdsa-p256').generateKeyPair();
  const root = CertificateAuthority.createRoot({
    ...{ keyPair: ours, subject: SUBJECT, notBefore: NOT_BEFORE, notAfter: NOT_AFTER },
  });
  const sample = root.issue({ subject: SUBJECT, spki: ours.spki, notBefore: NOT_BEFORE, notAfter: NOT_AFTER }).der;
  return async () => {
    const certificate = pkijs.Certificate.fromBER(sample);
    await certificate.subjectPublicKeyInfo.importKey(keys.publicKey);
    await certificate.sign(keys.privateKey, 'SHA-256');
    return certificate.toSchema(false).toBER();
  };
}

/** The little of node-forge that is used; the package has no types of its own. */
interface ForgeCertificate {
  publicKey: unknown;
  serialNumber: string;
  validity: { notBefore: Date; notAfter: Date };
  setSubject(name: readonly object[]): void;
  setIssuer(name: readonly object[]): void;
  setExtensions(extensions: readonly object[]): void;
  sign(key: unknown, digest: unknown): void;
}
interface Forge {
  pki: {
    rsa: { generateKeyPair(bits: number): { publicKey: unknown; privateKey: unknown } };
    createCertificate(): ForgeCertificate;
    certificateToAsn1(certificate: ForgeCertificate): unknown;
  };
  md: { sha256: { create(): unknown } };
  asn1: { toDer(value: unknown): { getBytes(): string } };
}

/** A certificate of the same length made by node-forge, RSA-2048: it knows no other key. */
function forgeIssue(): Work {
  const forge = createRequire(import.meta.url)('node-forge') as Forge;
  const keys = forge.pki.rsa.generateKeyPair(2048);
  const name = [{ name: 'commonName', value: 'Иванова Мария Петровна', valueTagClass: 12 }];
  return () => {
    const certificate = forge.pki.createCertificate();
    certificate.publicKey = keys.publicKey;
    certificate.serialNumber = '0123456789abcdef';
    certificate.validity = { notBefore: NOT_BEFORE, notAfter: NOT_AFTER };
    certificate.setSubject(name);
    certificate.setIssuer(name);
    certificate.setExtensions([{ name: 'keyUsage', critical: true, digitalSignature: true, nonRepudiation: true }]);
    certificate.sign(keys.privateKey, forge.md.sha256.create());
    return forge.asn1.toDer(forge.pki.certificateToAsn1(certificate)).getBytes();
  };
}

const ratiosOf = (rates: Rates): Record<keyof typeof FLOORS, number> => ({
  issue: short(rates['issue']! / rates['sign']!),
  ocsp: short(rates['ocsp']! / rates['sign']!),
  cms: short(rates['cms']! / rates['hash + sign']!),
});

/** Certificates, OCSP answers and CMS of 100 KiB beside the bare signature of the same suite, and beside peers. */
export const ca: Bench = {
  name: 'ca',
  about: 'certificates, OCSP answers and signatures per CPU-second beside the bare signature',
  defaults: { rounds: 5, seconds: 0.5 },
  async run({ rounds, seconds, peers, log }) {
    const id: SuiteId = gostEngineStatus().available ? 'gost2012-256' : 'ecdsa-p256';
    const rates = await measure(ourWorks(id), rounds, seconds);
    const ratios = ratiosOf(rates);
    for (const [name, rate] of Object.entries(rates)) log(`${id} ${name}: ${Math.round(rate)} per CPU-second`);
    for (const [name, ratio] of Object.entries(ratios)) {
      log(`${name}: ${ratio} of its bare signature, at least ${FLOORS[name as keyof typeof FLOORS]}`);
    }
    const ecdsa = ourWorks('ecdsa-p256')['issue']!;
    const rsa = ourWorks('rsa-2048')['issue']!;
    const others = peers
      ? await measure({ ecdsa, pkijs: await pkijsIssue(), rsa, forge: forgeIssue() }, rounds, seconds)
      : {};
    for (const [name, rate] of Object.entries(others)) log(`certificates by ${name}: ${short(rate)} per CPU-second`);
    const worst = Math.min(
      ...Object.entries(FLOORS).map(([name, floor]) => ratios[name as keyof typeof FLOORS] / floor),
    );
    return {
      ...{ bench: 'ca', ratio: short(worst), floor: 1, holds: worst >= 1, ours: ratios, reference: FLOORS },
      ...{ suite: id, perCpuSecond: rates, certificates: others },
    };
  },
};
