import { commonSettings, distributionSchema, setting, value, type SettingValues } from '@poligon/emulator-kit';
import { z } from 'zod';

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

/** Settings of the SMS gateway; the only reader of this service's environment. */
export const smsSettings = {
  ...commonSettings('SMS', { protocol: 8103, admin: 9103 }),
  login: setting('SMS_LOGIN', value.text('poligon'), 'account login of the provider dialects'),
  password: setting('SMS_PASSWORD', value.text('poligon'), 'account password; clients may send it plain or as MD5'),
  apiKey: setting('SMS_API_KEY', value.text('poligon-api-key'), 'account API key'),
  balance: setting('SMS_BALANCE', value.number(1_000_000, 0, 1e12), 'account balance, roubles; it is not enforced'),
  pricePerSegment: setting('SMS_PRICE_PER_SEGMENT', value.number(1.44, 0, 1000), 'price of one segment, roubles'),
  handsetDelay: setting(
    'SMS_HANDSET_DELAY',
    distribution({ distribution: 'lognormal', p50Ms: 300, p95Ms: 900, maxMs: 5000 }),
    'time from acceptance to the handset, JSON distribution',
  ),
  receiptDelayMs: setting(
    'SMS_RECEIPT_DELAY_MS',
    value.int(2000, 0, 3_600_000),
    'time from acceptance to the final status',
  ),
  duplicateWindowMs: setting(
    'SMS_DUPLICATE_WINDOW_MS',
    value.int(60_000, 0, 3_600_000),
    'an identical send within this time is refused with error 9; 0 switches the check off',
  ),
  maxMessages: setting('SMS_MAX_MESSAGES', value.int(200_000, 100, 10_000_000), 'messages kept; the oldest give way'),
};

export type SmsConfig = SettingValues<typeof smsSettings>;
