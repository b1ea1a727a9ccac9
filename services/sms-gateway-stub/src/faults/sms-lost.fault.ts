import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { DELIVERY_HINT } from '../flow/delivery-plan.js';

const options = z.strictObject({});

/** The message is accepted and never reaches the handset; its status stays with the operator. */
@FaultKind()
export class SmsLostFault implements Fault<z.output<typeof options>> {
  readonly name = 'sms-lost';
  readonly about = 'accepted, never delivered, the status stays with the operator';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(DELIVERY_HINT.lost, true);
  }
}
