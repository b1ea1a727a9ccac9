import { z } from 'zod';
import type { SmsConfig } from '../config.js';
import type { Account } from '../domain/account.js';

/** Protocols a client may speak. */
export const DIALECTS = [
  'smsc',
  'smsru',
  'smsaero',
  'exolve',
  'omni',
  'beeline',
  'megafon',
  'devino',
  'iqsms',
  'twilio',
  'smpp',
] as const;

/** An account as an engineer writes it; what is left out comes from the settings. */
export const accountSchema = z.strictObject({
  dialect: z.enum(DIALECTS, { error: `must be one of ${DIALECTS.join(', ')}` }),
  login: z.string().min(1).max(100),
  password: z.string().min(1).max(200).optional(),
  apiKey: z.string().min(1).max(200).optional(),
  balance: z.number().min(-1e12).max(1e12).optional(),
  isBalanceEnforced: z.boolean().optional(),
  pricePerSegment: z.number().min(0).max(1000).optional(),
  senders: z.array(z.string().min(1).max(50)).max(1000).optional(),
  stopList: z.record(z.string().regex(/^\d{5,15}$/, 'must be digits'), z.string().max(500)).optional(),
  callbackUrls: z
    .array(z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' }).max(2000))
    .max(20)
    .optional(),
  callbackSecret: z.string().max(200).optional(),
  allowedAddresses: z.array(z.string().min(1).max(50)).max(1000).optional(),
  ratePerSecond: z.number().min(0).max(1_000_000).optional(),
  burst: z.number().min(1).max(1_000_000).optional(),
  maxBinds: z.number().int().min(1).max(100_000).optional(),
});

export type AccountFields = z.output<typeof accountSchema>;

type Defaults = Pick<
  SmsConfig,
  | 'login'
  | 'password'
  | 'apiKey'
  | 'balance'
  | 'isBalanceEnforced'
  | 'pricePerSegment'
  | 'callbackUrl'
  | 'callbackSecret'
  | 'smppMaxBinds'
  | 'smppRatePerSecond'
  | 'smppBurst'
>;

/** The Twilio account number made of a login: 34 characters, as its clients check. */
const TWILIO_LOGIN = `AC${'0'.repeat(32)}`;

/** One account per dialect from the settings, then the listed ones. */
export function configuredAccounts(config: Defaults & Pick<SmsConfig, 'accounts'>): readonly AccountFields[] {
  const standard = DIALECTS.map((dialect) => ({ dialect, login: dialect === 'twilio' ? TWILIO_LOGIN : config.login }));
  return [...standard, ...config.accounts];
}

/** An account with everything that was left out taken from the settings. */
export function accountOf(fields: AccountFields, config: Defaults): Account {
  const isSmpp = fields.dialect === 'smpp';
  return {
    password: config.password,
    apiKey: config.apiKey,
    balance: config.balance,
    isBalanceEnforced: config.isBalanceEnforced,
    pricePerSegment: config.pricePerSegment,
    senders: [],
    callbackSecret: config.callbackSecret,
    allowedAddresses: [],
    ratePerSecond: isSmpp ? config.smppRatePerSecond : 0,
    burst: config.smppBurst,
    maxBinds: config.smppMaxBinds,
    ...fields,
    stopList: new Map(Object.entries(fields.stopList ?? {})),
    callbackUrls: new Set(fields.callbackUrls ?? (config.callbackUrl === undefined ? [] : [config.callbackUrl])),
  };
}
