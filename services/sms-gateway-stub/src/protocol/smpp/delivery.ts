import type { EndSpan } from '@poligon/emulator-kit';
import type { Outbox } from './outbox.js';
import { encodePdu, type PduDraft } from './pdu-encode.codec.js';
import type { Awaited } from './awaited-window.js';
import type { SmppSession } from './smpp-session.js';

/** A deliver_sm on its way to an ESME: waiting, sent, or to be sent once more. */
export abstract class Delivery implements Awaited {
  sequence = 0;
  sentAtMs = 0;
  attempts = 0;
  outbox: Outbox | undefined;
  /** Ends the span of its way to the ESME. */
  endSpan: EndSpan | undefined;
  /** Connection it should not leave by, if there is another. */
  readonly notBy: SmppSession | undefined = undefined;

  /** Hands its octets to a connection. */
  abstract write(session: SmppSession, sequence: number): void;

  settle(status: number | undefined): void {
    this.outbox?.settled(this, status);
  }
}

/** A deliver_sm described field by field. */
export class PduDelivery extends Delivery {
  constructor(
    readonly fields: NonNullable<PduDraft['fields']>,
    readonly tlvs?: PduDraft['tlvs'],
    override readonly notBy: SmppSession | undefined = undefined,
  ) {
    super();
  }

  write(session: SmppSession, sequence: number): void {
    const { fields, tlvs } = this;
    session.send(encodePdu({ command: 'deliver_sm', sequence, fields, tlvs }));
  }
}
