import { Injectable } from '@nestjs/common';
import { isFinal, type Message } from '../../../domain/message.js';
import { MessageStore } from '../../../state/message.store.js';
import { byteOf, textOf, type Pdu } from '../pdu.js';
import type { SmppReturn } from '../smpp-return.js';
import type { SmppSession } from '../smpp-session.js';

/** Messages of one phone looked at to find those a PDU means. */
const MAX_LOOKED_AT = 100;

/** Finds messages under way by their addresses, as replace_if_present_flag and cancel_sm name them. */
@Injectable()
export class PendingReplacement {
  constructor(private readonly store: MessageStore) {}

  /** The message under way that a submit replaces (replace_if_present_flag), if it asks for it and there is one. */
  of(pdu: Pdu, session: SmppSession, phone: string): Message | undefined {
    if (byteOf(pdu, 'replace_if_present_flag') !== 1) return undefined;
    return this.pending(pdu, session, phone)[0];
  }

  /** Messages under way from the PDU's source to the phone, newest first; of its service_type when it names one. */
  pending(pdu: Pdu, session: SmppSession, phone: string): readonly Message[] {
    // A PDU that is being decided cannot wait for a database: a message another replica carries is not found.
    const found = this.store.atHand({ phone, dialect: 'smpp', account: session.account?.login }, MAX_LOOKED_AT);
    const serviceType = textOf(pdu, 'service_type');
    return found.filter(({ state, sender, returnTo }) => {
      const isSameService = serviceType === '' || (returnTo as SmppReturn).serviceType === serviceType;
      return !isFinal(state) && sender === textOf(pdu, 'source_addr') && isSameService;
    });
  }
}
