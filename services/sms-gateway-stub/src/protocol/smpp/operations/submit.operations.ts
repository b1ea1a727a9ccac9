import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, ProtocolError } from '@poligon/emulator-kit';
import type { SmsConfig } from '../../../config.js';
import type { Message } from '../../../domain/message.js';
import { recipientPhone } from '../../../domain/phone.js';
import { Gateway, type Recipient } from '../../../flow/gateway.js';
import { contentOf, type Content } from '../message-text.codec.js';
import { byteOf, textOf, type Destination, type Failure } from '../pdu.js';
import type { SmppCall, SmppOperations, SmppReply } from '../smpp-call.js';
import { messageIdText } from '../message-id.js';
import type { SmppAddress, SmppReturn } from '../smpp-return.js';
import { smppTime } from '../smpp-time.codec.js';
import { smppRefusals } from '../smpp.errors.js';
import { STATUS, type StatusName } from '../tables/command-status.js';
import { checkFlags } from './submit-checks.js';
import { PendingReplacement } from './pending-replacement.js';
import { SubmitLimits } from './submit-limits.js';

type Target = SmppAddress & { readonly phone: string };

/** submit_sm, data_sm and submit_multi: a message for the gateway. */
@Injectable()
export class SubmitOperations implements SmppOperations {
  readonly about = {
    submit_sm: 'accepts a message for sending',
    data_sm: 'accepts a message whose text is a parameter',
    submit_multi: 'accepts one message for several destinations',
  };

  readonly handlers: SmppOperations['handlers'] = {
    submit_sm: (call) => this.one(call),
    data_sm: (call) => this.one(call),
    submit_multi: (call) => this.many(call),
  };

  /** Members of distribution lists by dl_name. */
  private readonly lists: ReadonlyMap<string, readonly Destination[]>;

  constructor(
    private readonly gateway: Gateway,
    private readonly limits: SubmitLimits,
    private readonly replacement: PendingReplacement,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<SmsConfig, 'smppIdForm' | 'isSmppGsmPacked' | 'smppLists'>,
  ) {
    const asDestination = (address: string): Destination => ({ ton: 1, npi: 1, address });
    this.lists = new Map(Object.entries(config.smppLists).map(([name, members]) => [name, members.map(asDestination)]));
  }

  private one(call: SmppCall): SmppReply | Promise<SmppReply> {
    this.limits.require(call.session, 1);
    const { pdu } = call;
    checkFlags(pdu);
    const target = targetOf({
      ton: byteOf(pdu, 'dest_addr_ton'),
      npi: byteOf(pdu, 'dest_addr_npi'),
      address: textOf(pdu, 'destination_addr'),
    });
    const content = contentOf(pdu, this.config.isSmppGsmPacked);
    const replaced = this.replacement.of(pdu, call.session, target.phone);
    if (replaced !== undefined) {
      this.gateway.replace(replaced, content.text);
      return this.reply(replaced.id);
    }
    const accepted = this.accept(call, [target], content);
    if (accepted instanceof Promise) return accepted.then((ids) => this.reply(ids[0]!));
    return this.reply(accepted[0]!);
  }

  private async many(call: SmppCall): Promise<SmppReply> {
    const { pdu } = call;
    const destinations = this.withMembers((pdu.fields['dest_address'] ?? []) as readonly Destination[]);
    this.limits.require(call.session, destinations.length);
    checkFlags(pdu);
    const failures: Failure[] = [];
    const targets: Target[] = [];
    for (const destination of destinations) {
      if ('list' in destination) failures.push(failureOf(destination.list, 'ESME_RINVDLNAME'));
      else if (recipientPhone(destination.address) === undefined) {
        failures.push({
          ...failureOf(destination.address, 'ESME_RINVDSTADR'),
          ton: destination.ton,
          npi: destination.npi,
        });
      } else targets.push(targetOf(destination));
    }
    if (targets.length === 0) throw new ProtocolError('ESME_RINVDSTADR');
    const ids = await this.accept(call, targets, contentOf(pdu, this.config.isSmppGsmPacked), failures);
    const fields = { message_id: messageIdText(ids[0]!, this.config.smppIdForm), unsuccess_sme: failures };
    return { fields };
  }

  /** Destinations with the members in place of every distribution list the gateway keeps. */
  private withMembers(destinations: readonly Destination[]): readonly Destination[] {
    return destinations.flatMap((destination) => {
      const members = 'list' in destination ? this.lists.get(destination.list) : undefined;
      return members ?? [destination];
    });
  }

  private reply(id: number): SmppReply {
    return { fields: { message_id: messageIdText(id, this.config.smppIdForm) } };
  }

  /** Hands the message to the gateway; refused targets become `failures`, or the answer when there is no such list. */
  private accept(
    { pdu, session, exchange }: SmppCall,
    targets: readonly Target[],
    content: Content,
    failures?: Failure[],
  ): readonly number[] | Promise<readonly number[]> {
    const account = session.account!;
    const sender = textOf(pdu, 'source_addr');
    const nowMs = this.clock.nowMs();
    const sendAtMs = smppTime(textOf(pdu, 'schedule_delivery_time'), nowMs, 'ESME_RINVSCHED');
    const expiresMs = smppTime(textOf(pdu, 'validity_period'), nowMs, 'ESME_RINVEXPIRY');
    const source = { ton: byteOf(pdu, 'source_addr_ton'), npi: byteOf(pdu, 'source_addr_npi'), address: sender };
    const origin = {
      source,
      serviceType: textOf(pdu, 'service_type'),
      registeredDelivery: byteOf(pdu, 'registered_delivery'),
      session,
      sharedId: undefined,
    };
    const all = targets.map((destination): Recipient => ({
      phone: destination.phone,
      returnTo: { ...origin, destination } satisfies SmppReturn,
      text: content.text,
      part: content.part,
    }));
    const refusals = this.gateway.refusals(account, { sender, recipients: all }, exchange);
    const recipients = all.filter((_, at) => {
      const refusal = refusals[at];
      if (refusal === undefined) return true;
      const status = (smppRefusals[refusal] ?? 'ESME_RSUBMITFAIL') as StatusName;
      if (failures === undefined) throw new ProtocolError(status);
      failures.push({ ...failureOf(targets[at]!.address, status), ton: targets[at]!.ton, npi: targets[at]!.npi });
      return false;
    });
    if (recipients.length === 0) throw new ProtocolError('ESME_RSUBMITFAIL');
    const validityMs = expiresMs === undefined ? undefined : Math.max(0, expiresMs - nowMs);
    const accepted = this.gateway.accept({ account, recipients, sender, sendAtMs, validityMs }, exchange);
    session.submits += recipients.length;
    const idsOf = (messages: readonly Message[]) => {
      const shared = failures === undefined ? undefined : messages[0]!.id;
      if (shared !== undefined) for (const { returnTo } of messages) (returnTo as SmppReturn).sharedId = shared;
      return messages.map(({ id }) => id);
    };
    return accepted instanceof Promise ? accepted.then(idsOf) : idsOf(accepted);
  }
}

function failureOf(address: string, status: StatusName): Failure {
  return { ton: 0, npi: 0, address, status: STATUS[status] };
}

/** @throws ProtocolError `ESME_RINVDSTADR` */
function targetOf(address: SmppAddress): Target {
  const phone = recipientPhone(address.address);
  if (phone === undefined) throw new ProtocolError('ESME_RINVDSTADR');
  return { ...address, phone };
}
