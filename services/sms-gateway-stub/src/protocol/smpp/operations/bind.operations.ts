import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, ProtocolError } from '@poligon/emulator-kit';
import type { SmsConfig } from '../../../config.js';
import type { Account } from '../../../domain/account.js';
import { Doorkeeper } from '../../../flow/doorkeeper.js';
import { AccountStore } from '../../../state/account.store.js';
import { textOf } from '../pdu.js';
import type { SmppCall, SmppOperations, SmppReply } from '../smpp-call.js';
import { SmppReceipts } from '../smpp-receipts.js';
import { SmppSessions } from '../smpp-sessions.js';
import type { BindMode } from '../smpp-session.js';

const VERSION = 0x34;

/** bind_transmitter, bind_receiver, bind_transceiver, unbind, enquire_link. */
@Injectable()
export class BindOperations implements SmppOperations {
  readonly about = {
    bind_transmitter: 'binds a connection for sending',
    bind_receiver: 'binds a connection for receipts and incoming texts',
    bind_transceiver: 'binds a connection for both',
    unbind: 'ends a binding',
    enquire_link: 'asks whether the server is there',
  };

  readonly handlers: SmppOperations['handlers'] = {
    bind_transmitter: (call) => this.bind(call, 'transmitter'),
    bind_receiver: (call) => this.bind(call, 'receiver'),
    bind_transceiver: (call) => this.bind(call, 'transceiver'),
    unbind: ({ session }) => ({ afterwards: () => session.close() }),
    enquire_link: () => ({}),
  };

  constructor(
    private readonly accounts: AccountStore,
    private readonly door: Doorkeeper,
    private readonly sessions: SmppSessions,
    private readonly receipts: SmppReceipts,
    @Inject(CONFIG) private readonly config: SmsConfig,
  ) {}

  private bind({ pdu, session }: SmppCall, mode: BindMode): SmppReply {
    if (session.mode !== undefined) throw new ProtocolError('ESME_RALYBND');
    const account = this.account(textOf(pdu, 'system_id'), textOf(pdu, 'password'), session.peer);
    if (this.sessions.bound(account.login) >= account.maxBinds) throw new ProtocolError('ESME_RBINDFAIL');
    session.mode = mode;
    session.account = account;
    return {
      fields: { system_id: this.config.smppSystemId },
      tlvs: { sc_interface_version: VERSION },
      afterwards: () => {
        if (session.isReceiver && !session.isClosed) this.receipts.outbox(account.login).join(session);
      },
    };
  }

  /** @throws ProtocolError `ESME_RINVSYSID`, `ESME_RINVPASWD`, `ESME_RBINDFAIL` (section 3.4) */
  private account(systemId: string, password: string, address: string): Account {
    if (this.door.isBlocked(address)) throw new ProtocolError('ESME_RBINDFAIL');
    const known = this.accounts.find('smpp', systemId);
    const account = known === undefined ? undefined : this.door.byPassword('smpp', systemId, password);
    if (account === undefined) {
      this.door.noteFailure(address);
      throw new ProtocolError(known === undefined ? 'ESME_RINVSYSID' : 'ESME_RINVPASWD');
    }
    if (!this.door.isAllowed(account, address)) throw new ProtocolError('ESME_RBINDFAIL');
    return account;
  }
}
