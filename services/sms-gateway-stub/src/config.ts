import { commonSettings, distributionSchema, setting, value, type SettingValues } from '@poligon/emulator-kit';
import { z } from 'zod';
import { operatorRangeSchema } from './flow/operator-range.js';
import { accountSchema } from './state/account-defaults.js';

/** A setting whose text is JSON of the given schema; `example` is shown when it is not. */
const json = <S extends z.ZodType>(fallback: unknown, example: string, schema: S) =>
  z
    .string()
    .default(JSON.stringify(fallback))
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: `must be JSON such as ${example}` });
        return z.NEVER;
      }
    })
    .pipe(schema);

const optionalPort = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a whole number 0..65535')
  .transform(Number)
  .pipe(z.number().max(65_535, 'must be 0..65535'))
  .optional();

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Settings of the SMS gateway; the only reader of this service's environment. */
export const smsSettings = {
  ...commonSettings('SMS', { protocol: 8103, admin: 9103 }),
  login: setting('SMS_LOGIN', value.text('poligon'), 'login of the standard account of every dialect'),
  password: setting('SMS_PASSWORD', value.text('poligon'), 'its password'),
  apiKey: setting('SMS_API_KEY', value.text('poligon-api-key'), 'its API key'),
  accounts: setting(
    'SMS_ACCOUNTS',
    json([], '[{"dialect":"smsru","login":"second"}]', z.array(accountSchema).max(1000)),
    'further accounts, JSON',
  ),
  balance: setting('SMS_BALANCE', value.number(1_000_000, 0, 1e12), 'account balance, roubles'),
  isBalanceEnforced: setting('SMS_BALANCE_ENFORCED', value.flag(false), 'refuse what costs more than the balance'),
  pricePerSegment: setting('SMS_PRICE_PER_SEGMENT', value.number(1.44, 0, 1000), 'price of one segment, roubles'),
  handsetDelay: setting(
    'SMS_HANDSET_DELAY',
    json(
      { distribution: 'lognormal', p50Ms: 300, p95Ms: 900, maxMs: 5000 },
      'a distribution such as {"ms":300}',
      distributionSchema,
    ),
    'time from acceptance to the handset, JSON distribution',
  ),
  receiptDelayMs: setting(
    'SMS_RECEIPT_DELAY_MS',
    value.int(2 * SECOND_MS, 0, DAY_MS),
    'time from acceptance to the final status',
  ),
  operators: setting(
    'SMS_OPERATORS',
    json([], '[{"prefixes":["7943"],"deliveredShare":0.9}]', z.array(operatorRangeSchema).max(1000)),
    'operators by number range, JSON; the first that fits a number carries it',
  ),
  duplicateWindowMs: setting(
    'SMS_DUPLICATE_WINDOW_MS',
    value.int(MINUTE_MS, 0, DAY_MS),
    'an identical send within this time is refused; 0 switches it off',
  ),
  badLogins: setting(
    'SMS_BAD_LOGINS',
    value.int(10, 0, 1_000_000),
    'wrong credentials of one address within a minute that block it for a minute; 0 never blocks',
  ),
  maxMessages: setting('SMS_MAX_MESSAGES', value.int(200_000, 1, 10_000_000), 'messages kept, the oldest give way'),
  reassemblyMs: setting(
    'SMS_REASSEMBLY_MS',
    value.int(MINUTE_MS, 100, DAY_MS),
    'wait for the missing parts of a long text; then it is shown as far as it came',
  ),
  callbackUrl: setting('SMS_CALLBACK_URL', value.optionalUrl(), 'URL that every account reports to'),
  callbackSecret: setting('SMS_CALLBACK_SECRET', value.text('poligon-secret'), 'secret of callback signatures'),
  callbackRetryDelaysMs: setting(
    'SMS_CALLBACK_RETRY_DELAYS_MS',
    json(null, '[60000,300000]', z.array(z.number().int().min(1).max(DAY_MS)).max(200).nullable()),
    "waits between attempts of a callback, JSON; the dialect's own when not set",
  ),
  callbackTimeoutMs: setting('SMS_CALLBACK_TIMEOUT_MS', value.int(10_000, 10, 600_000), 'limit of one callback call'),
  callbackIndexBase: setting('SMS_CALLBACK_INDEX_BASE', value.int(0, 0, 1), 'first key of SMS.RU callback entries'),
  inboxWebhookUrl: setting('SMS_INBOX_WEBHOOK_URL', value.optionalUrl(), 'URL that is told of every text that arrives'),
  isTlsEnabled: setting('SMS_TLS', value.flag(false), 'HTTP dialects over TLS as well'),
  tlsPort: setting('SMS_TLS_PORT', value.int(8443, 0, 65_535), 'port of HTTP over TLS; 0 picks a free one'),
  tlsCertificate: setting(
    'SMS_TLS_CERT_FILE',
    value.optionalText(),
    'PEM certificate chain of that port; one for the hosts of all providers is made when not set',
  ),
  tlsKey: setting('SMS_TLS_KEY_FILE', value.optionalText(), 'PEM private key of that port'),
  smppPort: setting('SMS_SMPP_PORT', optionalPort, 'SMPP port; 0 picks a free one; not set: 2775, or any when taken'),
  smppTlsPort: setting(
    'SMS_SMPP_TLS_PORT',
    optionalPort,
    'SMPP over TLS, opened when a certificate is given; as above, 3550',
  ),
  smppTlsCertificate: setting('SMS_SMPP_TLS_CERT_FILE', value.optionalText(), 'PEM certificate chain of the TLS port'),
  smppTlsKey: setting('SMS_SMPP_TLS_KEY_FILE', value.optionalText(), 'PEM private key of the TLS port'),
  smppLoopback: setting(
    'SMS_SMPP_LOOPBACK',
    json({}, '{"7943999":"second"}', z.record(z.string().regex(/^\d{1,15}$/), z.string().min(1).max(100))),
    'numbers, by prefix, that belong to a system_id: texts to them reach it as deliver_sm, JSON',
  ),
  smppLists: setting(
    'SMS_SMPP_LISTS',
    json(
      {},
      '{"staff":["79430000001","79430000009"]}',
      z.record(
        z.string().min(1).max(20),
        z
          .array(z.string().regex(/^\d{1,15}$/))
          .min(1)
          .max(1000),
      ),
    ),
    'distribution lists of submit_multi: numbers by dl_name, JSON',
  ),
  isSmppGsmPacked: setting(
    'SMS_SMPP_GSM_PACKED',
    value.flag(false),
    'texts in the default alphabet are packed septets, eight in seven octets, in both directions',
  ),
  smppSystemId: setting('SMS_SMPP_SYSTEM_ID', value.text('POLIGON'), 'system_id the server answers a bind with'),
  smppMaxBinds: setting('SMS_SMPP_MAX_BINDS', value.int(100, 1, 100_000), 'connections bound per system_id'),
  smppMaxSessions: setting('SMS_SMPP_MAX_SESSIONS', value.int(20_000, 1, 1_000_000), 'connections of all ESMEs'),
  smppRatePerSecond: setting(
    'SMS_SMPP_RATE_PER_SECOND',
    value.number(0, 0, 1_000_000),
    'submits per second of a system_id before it is throttled; 0 is no limit',
  ),
  smppBurst: setting('SMS_SMPP_BURST', value.int(100, 1, 1_000_000), 'submits taken at once before the rate applies'),
  smppWindow: setting('SMS_SMPP_WINDOW', value.int(1000, 1, 100_000), 'unanswered PDUs per connection and direction'),
  smppMaxPduBytes: setting('SMS_SMPP_MAX_PDU_BYTES', value.int(65_536, 1024, 1_048_576), 'largest command_length'),
  smppEnquireMs: setting('SMS_SMPP_ENQUIRE_MS', value.int(30_000, 0, DAY_MS), 'silence before enquire_link; 0 never'),
  smppInactivityMs: setting(
    'SMS_SMPP_INACTIVITY_MS',
    value.int(60_000, 0, DAY_MS),
    'silence that ends a session; 0 never',
  ),
  smppResponseMs: setting(
    'SMS_SMPP_RESPONSE_MS',
    value.int(30_000, 10, DAY_MS),
    'wait for deliver_sm_resp before the receipt is sent again',
  ),
  smppQueue: setting(
    'SMS_SMPP_QUEUE',
    value.int(100_000, 1, 10_000_000),
    'deliver_sm kept per system_id without a bind',
  ),
  smppIdForm: setting(
    'SMS_SMPP_ID_FORM',
    value.oneOf(['decimal', 'hex'], 'decimal'),
    'form of message_id in submit_sm_resp and receipts',
  ),
};

/** Parsed settings of the SMS gateway. */
export type SmsConfig = SettingValues<typeof smsSettings>;
