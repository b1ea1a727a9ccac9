/** One error of the authorization service. */
export interface OAuthErrorEntry {
  /** OAuth 2.0 error code. */
  readonly error: string;
  /** Status of the token endpoint and of the own error page. */
  readonly status: number;
  /** Text after `ESIA-xxxxxx: `. */
  readonly text: string;
}

const entry = (error: string, text: string, status = 400): OAuthErrorEntry => ({ error, status, text });

/**
 * Errors of authorization and token requests. Older codes carry an English sentence, newer ones an `OAuthErrorEnum` name;
 * the backtick of 007014 is the real system's.
 */
export const OAUTH_ERRORS = {
  'ESIA-007002': entry('unauthorized_client', 'Certificate does not match the client'),
  'ESIA-007003': entry('invalid_request', 'The request is missing a mandatory parameter or is otherwise malformed'),
  'ESIA-007004': entry('access_denied', 'The resource owner or authorization server denied the request'),
  'ESIA-007005': entry(
    'unauthorized_client',
    'The client is not authorized to request an access token using this method.',
  ),
  'ESIA-007006': entry('invalid_scope', 'The requested scope is invalid, unknown, or malformed'),
  'ESIA-007007': entry('server_error', 'The authorization server encountered an unexpected condition', 500),
  'ESIA-007008': entry(
    'temporarily_unavailable',
    'The authorization server is currently unable to handle the request',
    503,
  ),
  'ESIA-007009': entry(
    'unsupported_response_type',
    'The authorization server does not support obtaining an access token using this method',
  ),
  'ESIA-007011': entry(
    'invalid_grant',
    'The provided access grant or refresh token is invalid, expired, revoked, or was issued to another client',
  ),
  'ESIA-007012': entry('unsupported_grant_type', 'The authorization grant type is not supported'),
  'ESIA-007013': entry('invalid_scope', 'The request does not contain the scope'),
  'ESIA-007014': entry('invalid_request', 'The request doesn`t contain the mandatory parameter [{parameter}].'),
  'ESIA-007015': entry('invalid_request', 'The request time is wrong'),
  'ESIA-007019': entry('access_denied', 'OAuthErrorEnum.noGrants'),
  'ESIA-007023': entry('invalid_request', 'redirect_uri is not allowed for the client'),
  'ESIA-007038': entry('invalid_request', 'Cannot read request parameters'),
  'ESIA-007039': entry('invalid_grant', 'code_challenge was not specified'),
  'ESIA-007040': entry('invalid_grant', 'Code verifier does not match'),
  'ESIA-007046': entry('access_denied', 'OTP is impossible for the user'),
  'ESIA-007053': entry('access_denied', 'OAuthErrorEnum.clientSecretWrong'),
  'ESIA-007055': entry('access_denied', 'Account is not confirmed'),
  'ESIA-007060': entry('invalid_request', 'Wrong roles'),
  'ESIA-007061': entry('invalid_request', 'Wrong obj_type'),
  'ESIA-007062': entry('invalid_request', 'Wrong user type or role'),
  'ESIA-007194': entry('access_denied', 'The user is not an employee of the organisation'),
  'ESIA-008010': entry('invalid_client', 'Client authentication failed', 401),
  'ESIA-036700': entry('invalid_request', 'Consent type mnemonic is not specified'),
  'ESIA-036701': entry('invalid_request', 'Consent type is not found'),
  'ESIA-036702': entry('invalid_request', 'A mandatory scope of the consent type is missing'),
  'ESIA-036703': entry('invalid_request', 'Scopes exceed those allowed for the consent type'),
  'ESIA-036704': entry('invalid_request', 'Scopes must not be specified for the consent type'),
  'ESIA-036705': entry('invalid_request', 'At least one action is needed'),
  'ESIA-036706': entry('invalid_request', 'Action does not exist'),
  'ESIA-036707': entry('invalid_request', 'At least one purpose is needed'),
  'ESIA-036716': entry('invalid_request', 'Wrong consent expiry'),
  'ESIA-036726': entry('invalid_request', 'Purpose does not exist'),
  'ESIA-036727': entry('invalid_request', 'Exactly one purpose is needed'),
} as const satisfies Readonly<Record<string, OAuthErrorEntry>>;

/** One error of `/rs`. */
export interface RestErrorEntry {
  readonly status: number;
  readonly message: string;
}

export const REST_ERRORS = {
  'ESIA-005011': { status: 401, message: 'SecurityErrorEnum.invalidToken' },
  'ESIA-005013': { status: 401, message: 'SecurityErrorEnum.expiredToken' },
  'ESIA-005029': { status: 403, message: 'SecurityErrorEnum.scopeNotAllowed' },
} as const satisfies Readonly<Record<string, RestErrorEntry>>;

/** Endings without an ESIA code: status of the own page or of an empty JSON answer, and the page's text. */
export const PAGE_ERRORS = {
  'not-found': { status: 404, text: 'Страница не найдена' },
  'method-not-allowed': { status: 405, text: 'Метод не поддерживается' },
  /** What a broken proxy before ESIA answers with: HTML, whoever asks. */
  'gateway-page': { status: 502, text: 'Bad Gateway' },
  'no-login-request': { status: 400, text: 'Запрос на вход не найден или его время истекло. Начните вход заново.' },
} as const;

export type OAuthErrorCode = keyof typeof OAUTH_ERRORS;
export type RestErrorCode = keyof typeof REST_ERRORS;
export type PageErrorName = keyof typeof PAGE_ERRORS;
