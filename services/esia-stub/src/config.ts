import { commonSettings, setting, value, type SettingValues } from '@poligon/emulator-kit';

const DAY_S = 86_400;

const identity = {
  stand: setting(
    'ESIA_STAND',
    value.oneOf(['test-stand', 'production-like'], 'test-stand'),
    'which real stand to resemble: fixes issuer, RSA policy and certificate names unless set apart',
  ),
  issuer: setting('ESIA_ISSUER', value.optionalText(), 'claim `iss` of tokens; the stand decides when not set'),
  publicUrl: setting(
    'ESIA_PUBLIC_URL',
    value.optionalUrl(),
    'base of absolute links and redirects; taken from the Host header when not set',
  ),
  populationSeed: setting('POPULATION_SEED', value.text('poligon'), 'seed of the synthetic population'),
};

const clients = {
  clientsFile: setting('ESIA_CLIENTS', value.optionalText(), 'YAML file of registered information systems'),
  rsaClients: setting(
    'ESIA_RSA_CLIENTS',
    value.oneOf(['by-stand', 'allowed', 'refused'], 'by-stand'),
    'whether requests may be signed with RSA keys; test-stand allows, production-like refuses',
  ),
  isV1Enabled: setting('ESIA_V1', value.flag(true), 'answer generation 1; otherwise its calls are refused with 007005'),
  signatureMode: setting(
    'ESIA_SIGNATURE_MODE',
    value.oneOf(['strict', 'report', 'off'], 'strict'),
    'strict refuses bad signatures, report only writes them to the journal, off does not look',
  ),
  diagnosesPerS: setting(
    'ESIA_DIAGNOSES_PER_S',
    value.int(10, 0, 1000),
    'refused signatures per second whose cause is looked for; each costs several verifications',
  ),
  timestampWindowS: setting(
    'ESIA_TIMESTAMP_WINDOW_S',
    value.int(300, 1, DAY_S),
    'accepted age of a request, both ways',
  ),
  isHour24Allowed: setting('ESIA_ALLOW_HOUR_24', value.flag(false), 'read hour 24 of a timestamp as midnight'),
  isEncodedRedirectAllowed: setting(
    'ESIA_ALLOW_ENCODED_REDIRECT',
    value.flag(true),
    'accept a redirect_uri that was percent-encoded twice',
  ),
  isStateUuidRequired: setting('ESIA_STRICT_STATE', value.flag(false), 'refuse a state that is not a UUID'),
};

const tokens = {
  tokenAlgorithm: setting(
    'ESIA_TOKEN_ALG',
    value.oneOf(['RS256', 'GOST3410_2012_256'], 'RS256'),
    'algorithm of tokens for clients that chose none',
  ),
  rsaKeyFile: setting(
    'ESIA_TOKEN_RSA_FILE',
    value.optionalText(),
    'PEM with RSA key and certificate of tokens; written when absent; the key of the state, or a new one, when not set',
  ),
  gostKeyFile: setting('ESIA_TOKEN_GOST_FILE', value.optionalText(), 'the same for the GOST key'),
  isOidcEnabled: setting(
    'ESIA_OIDC',
    value.flag(false),
    'extension for OpenID Connect libraries: discovery, JWKS, userinfo, `nonce`, a text in `sub`',
  ),
  isSlashEscaped: setting('ESIA_ESCAPE_SLASH', value.flag(true), 'write `/` as `\\/` inside tokens'),
  codeLifeS: setting('ESIA_CODE_LIFE_S', value.int(180, 0, DAY_S), 'life of an authorization code'),
  tokenLifeS: setting('ESIA_TOKEN_LIFE_S', value.int(3600, 1, 365 * DAY_S), 'life of an access token'),
  idTokenLifeS: setting('ESIA_ID_TOKEN_LIFE_S', value.int(10_800, 1, 365 * DAY_S), 'life of an id_token'),
  refreshLifeS: setting('ESIA_REFRESH_LIFE_S', value.int(365 * DAY_S, 1, 3650 * DAY_S), 'life of a refresh token'),
};

const login = {
  autoLogin: setting(
    'ESIA_AUTO_LOGIN',
    value.oneOf(['header', 'off'], 'header'),
    'header: the header or cookie `poligon-person` logs in without the form',
  ),
  isConsentAutomatic: setting('ESIA_AUTO_CONSENT', value.flag(true), 'skip the consent page'),
  isPasswordChecked: setting(
    'ESIA_CHECK_PASSWORD',
    value.flag(false),
    "demand the eleven digits of the person's SNILS as password; otherwise any text will do",
  ),
  isOrgEmployeeNeeded: setting(
    'ESIA_ORG_NEEDS_EMPLOYEE',
    value.flag(true),
    'a system may ask for an organisation only after one of its employees gave it usr_org',
  ),
  isLogoutRevoking: setting('ESIA_LOGOUT_REVOKES', value.flag(true), 'logout ends the tokens of its session'),
  sessionLifeS: setting('ESIA_SESSION_LIFE_S', value.int(10_800, 1, 30 * DAY_S), 'life of an SSO session'),
  loginWaitS: setting('ESIA_LOGIN_WAIT_S', value.int(900, 1, DAY_S), 'how long an authorization request awaits login'),
};

const bounds = {
  maxOpen: setting(
    'ESIA_MAX_OPEN',
    value.int(200_000, 10, 10_000_000),
    'pending requests, codes, sessions, refresh tokens and consents kept of each in memory; the oldest give way',
  ),
  maxClients: setting('ESIA_MAX_CLIENTS', value.int(1000, 1, 100_000), 'registered information systems'),
};

/** Settings of ESIA; the only reader of this service's environment. */
export const esiaSettings = {
  ...commonSettings('ESIA', { protocol: 8104, admin: 9104 }),
  ...identity,
  ...clients,
  ...tokens,
  ...login,
  ...bounds,
};

export type EsiaConfig = SettingValues<typeof esiaSettings>;
