import { createEmulator } from '@poligon/emulator-kit';
import { smsGatewayStub } from '../../../services/sms-gateway-stub/src/app.module.js';
import { SmppServer } from '../../../services/sms-gateway-stub/src/protocol/smpp/smpp-server.js';
import { announce } from './announce.js';

/** The SMS gateway as it is delivered: journal, metrics, inbox and message store on; every receipt leaves after 500 ms. */
const [maxMessages = '200000', handsetMs = '200'] = process.argv.slice(2);
const emulator = await createEmulator(smsGatewayStub, {
  environment: {
    LOG_LEVEL: 'error',
    SMS_PORT: '0',
    SMS_ADMIN_PORT: '0',
    SMS_SMPP_PORT: '0',
    SMS_SMPP_MAX_BINDS: '100000',
    SMS_LATENCY_PROFILE: 'none',
    SMS_HANDSET_DELAY: `{"ms":${handsetMs}}`,
    SMS_RECEIPT_DELAY_MS: '500',
    SMS_SMPP_INACTIVITY_MS: '0',
    SMS_MAX_MESSAGES: maxMessages,
  },
});
announce({
  port: emulator.app.get(SmppServer, { strict: false }).ports[0],
  adminUrl: emulator.adminUrl,
  httpUrl: emulator.protocolUrl,
});
