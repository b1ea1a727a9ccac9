import { createEmulator } from '@poligon/emulator-kit';
import { oneCEmulator } from '../../../services/1c-emulator/src/app.module.js';
import { announce } from './announce.js';

/** The infobase as it is delivered, an organisation of 100,000 employees in it; only its latency is taken out. */
const emulator = await createEmulator(oneCEmulator, {
  environment: {
    LOG_LEVEL: 'error',
    ONEC_PORT: '0',
    ONEC_ADMIN_PORT: '0',
    ONEC_LATENCY_PROFILE: 'none',
    ONEC_SCHEDULE_PROFILE: 'manual',
    ONEC_FIRST_ORGANISATION: process.argv[2]!,
    ONEC_EMPLOYEES: process.argv[3]!,
  },
});
announce({ port: Number(new URL(emulator.protocolUrl).port), adminUrl: emulator.adminUrl });
