import { Module, type Provider } from '@nestjs/common';
import { defineEmulator, placeOf } from '@poligon/emulator-kit';
import { AccountsController } from './admin/accounts.controller.js';
import { CallbacksController } from './admin/callbacks.controller.js';
import { InboxController } from './admin/inbox.controller.js';
import { MessagesController } from './admin/messages.controller.js';
import { SmppController } from './admin/smpp.controller.js';
import { SmsMetrics } from './admin/sms-metrics.js';
import { TlsController } from './admin/tls.controller.js';
import { smsSettings } from './config.js';
import { SMS_FAULTS } from './faults/sms-faults.js';
import { CALLBACK_FORMATS, type CallbackFormat } from './flow/callback-format.js';
import { CallbackGate } from './flow/callback-gate.js';
import { CallbackSender } from './flow/callback-sender.js';
import { Doorkeeper } from './flow/doorkeeper.js';
import { Gateway } from './flow/gateway.js';
import { InboxWebhook } from './flow/inbox-webhook.js';
import { IncomingTraffic } from './flow/incoming-traffic.js';
import { Loopback } from './flow/loopback.js';
import { Operators } from './flow/operators.js';
import { Reassembler } from './flow/reassembler.js';
import { ReceiptDesk } from './flow/receipt-desk.js';
import { Resumption } from './flow/resumption.js';
import { DialectDesk } from './protocol/http/dialect-desk.js';
import { HTTP_DIALECTS } from './protocol/http/http-dialects.js';
import { answeringForHosts } from './protocol/http/provider-hosts.js';
import { RefusalTable } from './protocol/http/refusal-table.js';
import { TlsDoor } from './protocol/http/tls-door.js';
import { SMPP_PROVIDERS } from './protocol/smpp/smpp-providers.js';
import { SmppOutbind } from './protocol/smpp/smpp-outbind.js';
import { SmppReceipts } from './protocol/smpp/smpp-receipts.js';
import { SmppServer } from './protocol/smpp/smpp-server.js';
import { SmppSessions } from './protocol/smpp/smpp-sessions.js';
import { smppErrors, smppRefusals } from './protocol/smpp/smpp.errors.js';
import { TimingWheel } from './schedule/timing-wheel.js';
import { AccountStore } from './state/account.store.js';
import { DatabaseAccountStore } from './state/database-account.store.js';
import { DatabaseInbox } from './state/database-inbox.js';
import { DatabaseMessageStore } from './state/database-message.store.js';
import { Inbox } from './state/inbox.js';
import { MemoryAccountStore } from './state/memory-account.store.js';
import { MemoryInbox } from './state/memory-inbox.js';
import { MemoryMessageStore } from './state/memory-message.store.js';
import { MessageStore } from './state/message.store.js';

const CALLBACKS = HTTP_DIALECTS.flatMap(({ callback }) => (callback === undefined ? [] : [callback]));
const refusals = Object.fromEntries(HTTP_DIALECTS.map(({ errors, refusals: words }) => [errors.protocol, words]));

@Module({
  controllers: HTTP_DIALECTS.flatMap(({ controllers }) => [...controllers]),
  providers: [
    ...HTTP_DIALECTS.flatMap(({ providers }) => [...providers]),
    ...SMPP_PROVIDERS,
    ...SMS_FAULTS,
    ...CALLBACKS,
    CallbackGate,
    CallbackSender,
    DialectDesk,
    Doorkeeper,
    Gateway,
    InboxWebhook,
    IncomingTraffic,
    Loopback,
    Operators,
    Reassembler,
    ReceiptDesk,
    Resumption,
    SmsMetrics,
    TimingWheel,
    TlsDoor,
    {
      provide: CALLBACK_FORMATS,
      useFactory: (...formats: CallbackFormat[]) => formats,
      inject: CALLBACKS,
    },
    { provide: RefusalTable, useValue: new RefusalTable({ ...refusals, smpp: smppRefusals }) },
  ],
})
class SmsGatewayModule {}

/** Stores in memory, or in the database that the settings name. */
function stores(isDurable: boolean): Provider[] {
  return [
    { provide: AccountStore, useClass: isDurable ? DatabaseAccountStore : MemoryAccountStore },
    { provide: Inbox, useClass: isDurable ? DatabaseInbox : MemoryInbox },
    { provide: MessageStore, useClass: isDurable ? DatabaseMessageStore : MemoryMessageStore },
  ];
}

/** Composition root of the SMS gateway. */
export const smsGatewayStub = defineEmulator({
  name: 'sms-gateway-stub',
  settings: smsSettings,
  module: (config) => ({
    module: SmsGatewayModule,
    providers: stores(placeOf('sms-gateway-stub', config) !== undefined),
  }),
  catalogues: [...HTTP_DIALECTS.map(({ errors }) => answeringForHosts(errors)), smppErrors],
  admin: {
    controllers: [
      AccountsController,
      CallbacksController,
      InboxController,
      MessagesController,
      SmppController,
      TlsController,
    ],
    uses: [
      CallbackSender,
      AccountStore,
      Gateway,
      Inbox,
      IncomingTraffic,
      MessageStore,
      Operators,
      ReceiptDesk,
      SmppOutbind,
      SmppReceipts,
      SmppServer,
      SmppSessions,
      TlsDoor,
    ],
  },
  faultsFolder: new URL('./faults/', import.meta.url),
});
