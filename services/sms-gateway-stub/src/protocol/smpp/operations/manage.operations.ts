import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, ProtocolError } from '@poligon/emulator-kit';
import type { SmsConfig } from '../../../config.js';
import { recipientPhone } from '../../../domain/phone.js';
import { isFinal, type Message } from '../../../domain/message.js';
import { Gateway } from '../../../flow/gateway.js';
import { MessageStore } from '../../../state/message.store.js';
import { decodeText } from '../message-text.codec.js';
import { byteOf, octetsOf, textOf, type Pdu } from '../pdu.js';
import { MESSAGE_STATE } from '../receipt.codec.js';
import type { SmppCall, SmppOperations, SmppReply } from '../smpp-call.js';
import { messageIdOf, messageIdText } from '../message-id.js';
import type { SmppReturn } from '../smpp-return.js';
import type { SmppSession } from '../smpp-session.js';
import { smppTime, smppTimeText } from '../smpp-time.codec.js';
import type { StatusName } from '../tables/command-status.js';
import { PendingReplacement } from './pending-replacement.js';

/** query_sm, cancel_sm, replace_sm: a message that was accepted before. */
@Injectable()
export class ManageOperations implements SmppOperations {
  readonly about = {
    query_sm: 'tells the state of a message',
    cancel_sm: 'takes back one message, or all from a source to a destination',
    replace_sm: 'replaces the text of a message under way',
  };

  readonly handlers: SmppOperations['handlers'] = {
    query_sm: (call) => this.query(call),
    cancel_sm: (call) => this.cancel(call),
    replace_sm: (call) => this.replace(call),
  };

  constructor(
    private readonly store: MessageStore,
    private readonly gateway: Gateway,
    private readonly pending: PendingReplacement,
    @Inject(CONFIG) private readonly config: Pick<SmsConfig, 'smppIdForm' | 'isSmppGsmPacked'>,
  ) {}

  private async query({ pdu, session }: SmppCall): Promise<SmppReply> {
    const message = await this.require(pdu, session, 'ESME_RQUERYFAIL');
    return {
      fields: {
        message_id: messageIdText(message.id, this.config.smppIdForm),
        final_date: isFinal(message.state) ? smppTimeText(message.changedAtMs) : '',
        message_state: MESSAGE_STATE[message.state][0],
        error_code: message.error,
      },
    };
  }

  private async cancel({ pdu, session }: SmppCall): Promise<SmppReply> {
    requireTransmitter(session);
    if (textOf(pdu, 'message_id') !== '') {
      const message = await this.require(pdu, session, 'ESME_RCANCELFAIL');
      if (!this.gateway.settle(message, 'deleted')) throw new ProtocolError('ESME_RCANCELFAIL');
      return {};
    }
    const phone = recipientPhone(textOf(pdu, 'destination_addr'));
    if (phone === undefined) throw new ProtocolError('ESME_RINVDSTADR');
    const found = this.pending.pending(pdu, session, phone);
    if (found.length === 0) throw new ProtocolError('ESME_RCANCELFAIL');
    for (const message of found) this.gateway.settle(message, 'deleted');
    return {};
  }

  private async replace({ pdu, session }: SmppCall): Promise<SmppReply> {
    requireTransmitter(session);
    const message = await this.require(pdu, session, 'ESME_RREPLACEFAIL');
    for (const [field, status] of [
      ['schedule_delivery_time', 'ESME_RINVSCHED'],
      ['validity_period', 'ESME_RINVEXPIRY'],
    ] as const) {
      smppTime(textOf(pdu, field), message.acceptedAtMs, status);
    }
    if (isFinal(message.state)) throw new ProtocolError('ESME_RREPLACEFAIL');
    (message.returnTo as SmppReturn).registeredDelivery = byteOf(pdu, 'registered_delivery');
    // replace_sm has no data_coding: the default alphabet, unless the octets look like the UCS2 the message began with.
    const octets = octetsOf(pdu, 'short_message');
    const coding = octets.length % 2 === 0 && octets[0]! <= 0x04 ? 8 : 0;
    this.gateway.replace(message, decodeText(octets, coding, this.config.isSmppGsmPacked ? 0 : undefined));
    return {};
  }

  /** The account's message the PDU names, its source address too. @throws ProtocolError `ESME_RINVMSGID`, `status` */
  private async require(pdu: Pdu, session: SmppSession, status: StatusName): Promise<Message> {
    const id = messageIdOf(textOf(pdu, 'message_id'), this.config.smppIdForm);
    if (Number.isNaN(id)) throw new ProtocolError('ESME_RINVMSGID');
    const message = await this.store.find(id);
    if (message?.dialect !== 'smpp' || message.account !== session.account?.login) {
      throw new ProtocolError('ESME_RINVMSGID');
    }
    if (textOf(pdu, 'source_addr') !== message.sender) throw new ProtocolError(status);
    return message;
  }
}

function requireTransmitter(session: SmppSession): void {
  if (session.mode === 'receiver') throw new ProtocolError('ESME_RINVBNDSTS');
}
