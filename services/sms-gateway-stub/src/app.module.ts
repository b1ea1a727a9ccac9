import { Module } from '@nestjs/common';
import { defineEmulator } from '@poligon/emulator-kit';
import { InboxController } from './admin/inbox.controller.js';
import { smsSettings } from './config.js';
import { SmsDuplicateFault } from './faults/sms-duplicate.fault.js';
import { SmsLateFault } from './faults/sms-late.fault.js';
import { SmsLostFault } from './faults/sms-lost.fault.js';
import { SmsUndeliveredFault } from './faults/sms-undelivered.fault.js';
import { Gateway } from './flow/gateway.js';
import { SmscAccount } from './protocol/smsc/smsc-account.js';
import { SmscQueryController } from './protocol/smsc/smsc-query.controller.js';
import { SmscSendController } from './protocol/smsc/smsc-send.controller.js';
import { smscErrors } from './protocol/smsc/smsc.errors.js';
import { Inbox } from './state/inbox.js';
import { MemoryMessageStore } from './state/memory-message.store.js';
import { MessageStore } from './state/message.store.js';

@Module({
  controllers: [SmscSendController, SmscQueryController],
  providers: [
    Gateway,
    Inbox,
    SmscAccount,
    { provide: MessageStore, useClass: MemoryMessageStore },
    SmsLostFault,
    SmsLateFault,
    SmsDuplicateFault,
    SmsUndeliveredFault,
  ],
})
class SmsGatewayModule {}

/** Composition root of the SMS gateway. */
export const smsGatewayStub = defineEmulator({
  name: 'sms-gateway-stub',
  settings: smsSettings,
  module: () => SmsGatewayModule,
  catalogues: [smscErrors],
  admin: { controllers: [InboxController], uses: [Inbox, MessageStore] },
  faultsFolder: new URL('./faults/', import.meta.url),
});
