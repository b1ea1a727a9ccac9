import { commonSettings, distributionSchema, setting, value, type SettingValues } from '@poligon/emulator-kit';
import { z } from 'zod';
import { CA20_NAMES, type Ca20Names, type Ca20Role } from './protocol/ca20/ca20-contract.js';

const DAY_MS = 86_400_000;

const distribution = (fallback: z.input<typeof distributionSchema>) =>
  z
    .string()
    .default(JSON.stringify(fallback))
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'must be a JSON distribution such as {"ms":300}' });
        return z.NEVER;
      }
    })
    .pipe(distributionSchema);

const pauses = (fallback: string) =>
  z
    .string()
    .regex(/^\d{1,8}(,\d{1,8}){0,19}$/, 'must be 1..20 whole numbers of milliseconds, comma separated')
    .default(fallback)
    .transform((text) => text.split(',').map(Number));

/** Names of the УЦ 2.0 contract: those given here take the place of the assumed ones. */
const ca20Names = z
  .string()
  .default('{}')
  .transform((text, context): Ca20Names => {
    const parsed = namesSchema.safeParse(jsonOf(text));
    if (parsed.success) return { ...CA20_NAMES, ...parsed.data };
    const roles = Object.keys(CA20_NAMES).join(', ');
    context.addIssue({ code: 'custom', message: `must be a JSON object of element names by ${roles}` });
    return z.NEVER;
  });
const namesSchema = z.partialRecord(
  z.enum(Object.keys(CA20_NAMES) as [Ca20Role, ...Ca20Role[]]),
  z.string().regex(/^[A-Za-z_][\w.-]{0,99}$/),
);

/** `{"default":4,"dss":2}` */
const slotsOf = z
  .string()
  .default('{}')
  .transform((text, context): Readonly<Record<string, number>> => {
    const parsed = z.record(z.string().min(1).max(200), z.int().min(1).max(10_000)).safeParse(jsonOf(text));
    if (parsed.success) return parsed.data;
    context.addIssue({ code: 'custom', message: 'must be a JSON object of numbers 1..10000 by tenant or profile' });
    return z.NEVER;
  });

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const PARAM_SETS = ['cryptopro-a', 'xch-a', 'tc26-a'] as const;

/** Settings of the certification authority; the only reader of this service's environment. */
export const caSettings = {
  ...commonSettings('CA', { protocol: 8102, admin: 9102 }),
  publicUrl: setting('CA_PUBLIC_URL', value.optionalUrl(), 'base URL written into certificates; default host and port'),
  astralToken: setting('CA_ASTRAL_TOKEN', value.text('poligon'), 'bearer token of the Астрал profile'),
  astralCallbackUrl: setting(
    'CA_ASTRAL_CALLBACK_URL',
    value.optionalUrl(),
    'where result events are posted; unset: polling only',
  ),
  callbackToken: setting('CA_CALLBACK_TOKEN', value.optionalText(), 'bearer token sent with callbacks'),
  callbackRetriesMs: setting(
    'CA_CALLBACK_RETRIES_MS',
    pauses('1000,2000,4000,8000,16000'),
    'pauses before each repeated callback',
  ),
  callbackTimeoutMs: setting('CA_CALLBACK_TIMEOUT_MS', value.int(10_000, 10, 120_000), 'limit of one callback'),
  callbackSlots: setting('CA_CALLBACK_SLOTS', value.int(64, 1, 1024), 'callbacks under way at a time'),
  konturApiKey: setting('CA_KONTUR_API_KEY', value.text('poligon'), 'X-Api-Key of the Контур profile'),
  smsUrl: setting('CA_SMS_URL', value.url('http://127.0.0.1:8103'), 'SMS gateway, smsc.ru dialect'),
  smsLogin: setting('CA_SMS_LOGIN', value.text('poligon'), 'login at the SMS gateway'),
  smsPassword: setting('CA_SMS_PASSWORD', value.text('poligon'), 'password at the SMS gateway'),
  smsSender: setting('CA_SMS_SENDER', value.text('kontur'), 'sender name of the code'),
  smsText: setting(
    'CA_SMS_TEXT',
    value
      .text('Код подтверждения: {code}')
      .refine((text) => text.includes('{code}') && text.length <= 500, 'must hold {code} and be at most 500 long'),
    'text of the code message',
  ),
  codeTtlMs: setting('CA_CODE_TTL_MS', value.int(300_000, 1000, DAY_MS), 'life of a code'),
  codeAttempts: setting('CA_CODE_ATTEMPTS', value.int(3, 1, 100), 'tries per code'),
  codeResendMs: setting('CA_CODE_RESEND_MS', value.int(60_000, 0, DAY_MS), 'pause before a code may be sent again'),
  suite: setting(
    'CA_SUITE',
    value.oneOf(['gost2012-256', 'gost2012-512', 'ecdsa-p256', 'rsa-2048'], 'gost2012-256'),
    'signature algorithm of the authority and of employees',
  ),
  gostBackend: setting(
    'CA_GOST_BACKEND',
    value.oneOf(['auto', 'engine', 'pure-js'], 'auto'),
    'who computes GOST: the OpenSSL engine, JavaScript, or the engine when it works',
  ),
  gostEnginePath: setting('GOST_ENGINE_PATH', value.optionalText(), 'where to look for the OpenSSL engine first'),
  authorityParamSet: setting(
    'CA_AUTHORITY_PARAM_SET',
    value.oneOf(PARAM_SETS, 'cryptopro-a'),
    "curve of the authority's GOST keys",
  ),
  employeeParamSet: setting('CA_EMPLOYEE_PARAM_SET', value.oneOf(PARAM_SETS, 'xch-a'), "curve of employees' GOST keys"),
  certificateDays: setting('CA_CERTIFICATE_DAYS', value.int(365, 1, 3650), 'validity of employee certificates'),
  hasChainInCms: setting('CA_CMS_CHAIN', value.flag(false), 'signatures carry the issuing certificate too'),
  cmsLevel: setting('CA_CMS_LEVEL', value.oneOf(['bes', 't'], 'bes'), 'signatures of digests: CAdES-BES or CAdES-T'),
  dssClient: setting('CA_DSS_CLIENT', value.text('poligon'), 'client_id of the DSS profile'),
  dssPassword: setting('CA_DSS_PASSWORD', value.text('poligon'), 'password of every DSS user'),
  isDssConfirmed: setting(
    'CA_DSS_CONFIRMATION',
    value.flag(false),
    'DSS /v2/signature waits for a confirmation by SMS code before it signs',
  ),
  dssCallbackUrl: setting(
    'CA_DSS_CALLBACK_URL',
    value.optionalUrl(),
    'where DSS tells that a transaction was confirmed or has failed; unset: nowhere',
  ),
  estUser: setting('CA_EST_USER', value.text('poligon'), 'user of EST and PKCS#10 enrolment'),
  estPassword: setting('CA_EST_PASSWORD', value.text('poligon'), 'their password'),
  cmpReference: setting(
    'CA_CMP_REFERENCE',
    value.text('poligon'),
    'reference value of CMP requests protected by a MAC',
  ),
  cmpSecret: setting('CA_CMP_SECRET', value.text('poligon'), 'their shared secret'),
  cmpConfirmMs: setting(
    'CA_CMP_CONFIRM_MS',
    value.int(300_000, 100, DAY_MS),
    'how long a certificate made by CMP waits for its certConf before it is revoked',
  ),
  isTlsEnabled: setting('CA_TLS', value.flag(false), 'all protocols over TLS as well, for clients with certificates'),
  tlsPort: setting('CA_TLS_PORT', value.int(8142, 0, 65_535), 'that port; 0 picks a free one'),
  tlsCertificate: setting('CA_TLS_CERT_FILE', value.optionalText(), 'PEM certificate chain of it; made when not set'),
  tlsKey: setting('CA_TLS_KEY_FILE', value.optionalText(), 'PEM private key of it'),
  tlsClientAuthorities: setting(
    'CA_TLS_CLIENT_CA_FILE',
    value.optionalText(),
    'PEM bundle client certificates are checked against; this authority itself when not set',
  ),
  ca20Names: setting(
    'CA_CA20_NAMES',
    ca20Names,
    'names of elements of the УЦ 2.0 contract that differ, JSON by meaning',
  ),
  isCa20CertificateRequired: setting(
    'CA_CA20_CERTIFICATE',
    value.flag(false),
    'profile ca20 answers only clients that prove a certificate over TLS',
  ),
  signMeKey: setting('CA_SIGNME_KEY', value.text('poligon'), 'API key of the Sign.Me profile'),
  issueDelay: setting(
    'CA_ISSUE_DELAY',
    distribution({ distribution: 'lognormal', p50Ms: 300, p95Ms: 900 }),
    'time from the request to the certificate, JSON distribution',
  ),
  signDelay: setting(
    'CA_SIGN_DELAY',
    distribution({ distribution: 'lognormal', p50Ms: 20, p95Ms: 60 }),
    'time one signing operation holds an HSM slot, JSON distribution',
  ),
  hsmSlots: setting('CA_HSM_SLOTS', value.int(16, 1, 10_000), 'signing operations at a time'),
  hsmSlotsOf: setting(
    'CA_HSM_SLOTS_OF',
    slotsOf,
    'slots that a tenant or a profile has for itself, JSON by name; the others share CA_HSM_SLOTS',
  ),
  signQueue: setting('CA_SIGN_QUEUE', value.int(2000, 0, 1_000_000), 'signing operations that may wait for a slot'),
  hasSeededKeys: setting(
    'CA_SEEDED_KEYS',
    value.flag(false),
    'keys and serial numbers follow from SEED, the same after every start; RSA keys do not',
  ),
  signingThreads: setting(
    'CA_SIGNING_THREADS',
    value.int(0, 0, 64),
    'signature values computed in threads at a time; 0: all in the main thread',
  ),
  keyPool: setting('CA_KEY_POOL', value.int(200, 0, 100_000), 'employee keys made ahead in the background'),
  isGosuslugiAwaited: setting(
    'CA_GOSUSLUGI_WAIT',
    value.flag(false),
    'REMOTE requests wait for a confirmation made through the admin door',
  ),
  gosuslugiWindowMs: setting('CA_GOSUSLUGI_WINDOW_MS', value.int(DAY_MS, 10, 30 * DAY_MS), 'how long they wait'),
  isSnilsInnChecked: setting('CA_CHECK_SNILS_INN', value.flag(true), 'СНИЛС and ИНН checksums are checked'),
  ocspResponder: setting(
    'CA_OCSP_RESPONDER',
    value.oneOf(['authority', 'delegated'], 'authority'),
    'who signs OCSP answers: the issuing key, or a responder with a certificate of its own',
  ),
  ocspNextUpdateMs: setting('CA_OCSP_NEXT_UPDATE_MS', value.int(3_600_000, 0, 30 * DAY_MS), 'life of an OCSP answer'),
  crlPeriodMs: setting('CA_CRL_PERIOD_MS', value.int(DAY_MS, 1000, 30 * DAY_MS), 'life of a revocation list'),
  crlQuietMs: setting(
    'CA_CRL_QUIET_MS',
    value.int(500, 0, DAY_MS),
    'pause between a revocation and the lists that name it',
  ),
  tspPolicy: setting(
    'CA_TSP_POLICY',
    value.text('1.2.643.2.2.38.4').refine((text) => /^[0-2](\.\d{1,9}){1,15}$/.test(text), 'must be an OID'),
    'policy of time-stamps',
  ),
  maxRevocations: setting('CA_MAX_REVOCATIONS', value.int(1_000_000, 10, 10_000_000), 'revocations kept'),
  maxRequests: setting('CA_MAX_REQUESTS', value.int(100_000, 10, 10_000_000), 'issue requests kept'),
  maxCertificates: setting('CA_MAX_CERTIFICATES', value.int(100_000, 10, 10_000_000), 'certificates kept'),
  maxOperations: setting('CA_MAX_OPERATIONS', value.int(20_000, 10, 10_000_000), 'signing operations kept'),
  maxEvents: setting('CA_MAX_EVENTS', value.int(50_000, 10, 10_000_000), 'events kept, each way'),
};

export type CaConfig = SettingValues<typeof caSettings>;
