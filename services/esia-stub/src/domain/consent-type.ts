/** Rules of one type of digital-profile consent. */
export interface ConsentType {
  /** Scopes that must be asked for. */
  readonly mandatory?: readonly string[];
  /** Scopes that may be asked for; all when absent. */
  readonly allowed?: readonly string[];
  readonly isScopeless?: boolean;
  readonly isSinglePurpose?: boolean;
}

const FREE =
  'EMPLOYMENT_INF EMPLOYER_RECRUITMENT HH_EMPLOYMENT HH_RESUME HH_REG_USER HH_UL_EMPLOYER_VERIFY HH_IP_EMPLOYER_VERIFY ' +
  'HH_VERIFY_SELFEMPLOYED VK_EMPLOYMENT VK_RESUME WB_EMPLOYMENT WB_GPH_CONTRACT WB_GPH_SELF_EMPLOYED AVITO_EMPLOYMENT ' +
  'AVITO_RESUME OZON_STAFF_DOC_SIGN CREDIT FIN_AGREEMENT';

const VERIFICATION = ['openid', 'fullname', 'birthdate', 'gender', 'snils', 'inn', 'id_doc', 'mobile', 'email'];

/**
 * Types of consent by mnemonic (рекомендации, 2.4). The mnemonics are real; which of them restrict scopes and purposes is an
 * assumption, chosen so that each rule has a type to be met on.
 */
export const CONSENT_TYPES: Readonly<Record<string, ConsentType>> = {
  ...Object.fromEntries(FREE.split(' ').map((name) => [name, {}])),
  APIPGU: { isSinglePurpose: true },
  IDENTIFICATION: { mandatory: ['fullname'] },
  VERIFY_USER: { allowed: VERIFICATION },
  HH_USER_VERIFICATION: { allowed: VERIFICATION },
  LINK_ACCOUNT: { isScopeless: true },
};
