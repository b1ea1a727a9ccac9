import { createEmulator } from '@poligon/emulator-kit';
import { caUnepEmulator } from '../../../services/ca-unep-emulator/src/app.module.js';
import { announce } from './announce.js';

/** The authority as it is delivered; only its latency is taken out, and keys are ECDSA, which take the least time to make. */
const emulator = await createEmulator(caUnepEmulator, {
  environment: {
    ...{ LOG_LEVEL: 'error', CA_PORT: '0', CA_ADMIN_PORT: '0', CA_LATENCY_PROFILE: 'none', CA_SUITE: 'ecdsa-p256' },
    // What is made ahead would only take the processor from what is measured.
    CA_KEY_POOL: '0',
  },
});
announce({ port: Number(new URL(emulator.protocolUrl).port), adminUrl: emulator.adminUrl });
