import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** SMS Aero answers in the form of its first version; other dialects are left alone. */
@FaultKind()
export class SmsLegacyEnvelopeFault implements Fault<Options> {
  readonly name = 'sms-legacy-envelope';
  readonly about = 'SMS Aero: {"result":"reject","reason":...}';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    if (exchange.operation.startsWith('smsaero.')) exchange.fail('legacy-reject');
  }
}
