import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { encodePdu } from '../protocol/smpp/pdu-encode.codec.js';
import { trickWire } from '../protocol/smpp/smpp-tricks.js';

const options = z.strictObject({});
type Options = z.output<typeof options>;
const ALERT = { source_addr_ton: 1, source_addr_npi: 1, source_addr: '79430000001', esme_addr: 'POLIGON' };

/** The server sends an alert_notification nobody asked for. */
@FaultKind()
export class SmppAlertNotificationFault implements Fault<Options> {
  readonly name = 'smpp-alert-notification';
  readonly about = 'an unexpected alert_notification after the response';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    trickWire(exchange, (response, wire) => {
      wire.send(response);
      wire.send(encodePdu({ command: 'alert_notification', sequence: wire.nextSequence(), fields: ALERT }));
    });
  }
}
