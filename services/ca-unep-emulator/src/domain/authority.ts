import {
  attribute,
  CertificateAuthority,
  type CertificateDefaults,
  type KeyPair,
  type SubjectAttribute,
} from '@poligon/pki';

const DAY_MS = 86_400_000;
const ROOT_DAYS = 15 * 365;
const ISSUING_DAYS = 10 * 365;

export interface AuthorityParts {
  readonly rootKey: KeyPair;
  readonly issuingKey: KeyPair;
  readonly nowMs: number;
  /** Base of the AIA addresses, without a trailing slash. */
  readonly publicUrl: string;
}

/** The certificates of the authority: a self-signed root and the one that issues to employees. */
export interface Authority {
  readonly root: CertificateAuthority;
  readonly issuing: CertificateAuthority;
  /** By the number in their AIA address: 0 root, 1 issuing. */
  readonly certificates: readonly Buffer[];
}

const name = (commonName: string): SubjectAttribute[] => [
  attribute('C', 'RU'),
  attribute('S', '77 г. Москва'),
  attribute('L', 'г. Москва'),
  attribute('O', 'Полигон'),
  attribute('CN', commonName),
];

const aia = (publicUrl: string, generation: number): Pick<CertificateDefaults, 'caIssuerUrls'> => ({
  caIssuerUrls: [`${publicUrl}/aia/${generation}.crt`],
});

/** What every employee certificate says besides its owner (profile of section 2.8). */
const EMPLOYEE_DEFAULTS: CertificateDefaults = {
  keyUsage: ['digitalSignature', 'nonRepudiation', 'keyEncipherment', 'dataEncipherment'],
  extendedKeyUsage: ['1.3.6.1.5.5.7.3.2', '1.3.6.1.5.5.7.3.4'],
  policies: ['1.2.643.100.113.1'],
  subjectSignTool: 'Эмулятор СКЗИ «Полигон»',
  issuerSignTool: [
    'Эмулятор СКЗИ «Полигон»',
    'Эмулятор УЦ «Полигон»',
    'Сертификат соответствия отсутствует: испытательный стенд',
    'Сертификат соответствия отсутствует: испытательный стенд',
  ],
};

/** Makes root and issuing authority. Validity begins a day early, so that a clock shifted back a little still trusts them. */
export function createAuthority({ rootKey, issuingKey, nowMs, publicUrl }: AuthorityParts): Authority {
  const wholeSecondMs = Math.floor(nowMs / 1000) * 1000;
  const notBefore = new Date(wholeSecondMs - DAY_MS);
  const root = CertificateAuthority.createRoot({
    keyPair: rootKey,
    subject: name('Корневой УЦ испытательного полигона'),
    notBefore,
    notAfter: new Date(wholeSecondMs + ROOT_DAYS * DAY_MS),
  });
  const issuing = root.issueIntermediate({
    keyPair: issuingKey,
    subject: name('УЦ УНЭП испытательного полигона'),
    notBefore,
    notAfter: new Date(wholeSecondMs + ISSUING_DAYS * DAY_MS),
    pathLength: 0,
    defaults: { ...EMPLOYEE_DEFAULTS, ...aia(publicUrl, 1) },
    authorityUrls: aia(publicUrl, 0),
  });
  return { root, issuing, certificates: [root.certificate, issuing.certificate] };
}
