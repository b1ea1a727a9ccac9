/** What differs between the two stands the real ESIA shows (names of certificate files are those of its esia.zip). */
export interface StandTraits {
  /** Plain http and a trailing slash although everything is served over https. */
  readonly issuer: string;
  readonly isRsaAllowed: boolean;
  readonly rsaCertificateName: string;
  readonly gostCertificateName: string;
}

export type StandName = 'test-stand' | 'production-like';

export const STANDS: Readonly<Record<StandName, StandTraits>> = {
  'test-stand': {
    issuer: 'http://esia-portal1.test.gosuslugi.ru/',
    isRsaAllowed: true,
    rsaCertificateName: 'RSA_ТЕСИА.cer',
    gostCertificateName: 'ГОСТ12_ТЕСИА.cer',
  },
  'production-like': {
    issuer: 'http://esia.gosuslugi.ru/',
    isRsaAllowed: false,
    rsaCertificateName: 'RSA_ПРОД.cer',
    gostCertificateName: 'ГОСТ 2012 ПРОД.cer',
  },
};
