import { createEmulator } from '@poligon/emulator-kit';
import { esiaStub } from '../../../services/esia-stub/src/app.module.js';
import { announce } from './announce.js';

/** ESIA as it is delivered: journal, metrics, strict signatures; only its latency is taken out. */
const emulator = await createEmulator(esiaStub, {
  environment: { LOG_LEVEL: 'error', ESIA_PORT: '0', ESIA_ADMIN_PORT: '0', ESIA_LATENCY_PROFILE: 'none' },
});
announce({ port: Number(new URL(emulator.protocolUrl).port), adminUrl: emulator.adminUrl });
