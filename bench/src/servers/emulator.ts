import { createEmulator } from '@poligon/emulator-kit';
import { announce } from './announce.js';
import { stubEmulator } from './stub-emulator.js';

/** The emulator under test: both doors, journal and metrics on, tracing off. */
const emulator = await createEmulator(stubEmulator, { environment: { LOG_LEVEL: 'error' } });
announce({ port: Number(new URL(emulator.protocolUrl).port), adminUrl: emulator.adminUrl });
