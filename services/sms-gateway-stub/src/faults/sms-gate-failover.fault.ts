import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({
  /** Host names without a port. */
  hosts: z.array(z.string().min(1).max(253)).min(1).max(50).default(['gate.smsaero.ru', 'smsc.ru']),
  status: z.number().int().min(400).max(599).default(503),
});
type Options = z.output<typeof options>;

/** One of the provider hosts fails, the others work: the client must try the next. */
@FaultKind()
export class SmsGateFailoverFault implements Fault<Options> {
  readonly name = 'sms-gate-failover';
  readonly about = 'calls to the named hosts get a bare HTTP status';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, options: Options): void {
    const host = exchange.fact('host');
    if (typeof host === 'string' && options.hosts.includes(host)) exchange.status(options.status);
  }
}
