import { createEmulator } from '@poligon/emulator-kit';
import { announce } from './announce.js';
import { stubEmulator } from './stub-emulator.js';

/** The emulator under test with tracing as its argument says: a JSON object of `OTEL_*` variables. */
const variables = JSON.parse(process.argv[2] ?? '{}') as Record<string, string>;
const emulator = await createEmulator(stubEmulator, { environment: { LOG_LEVEL: 'error', ...variables } });
announce({ port: Number(new URL(emulator.protocolUrl).port), adminUrl: emulator.adminUrl });
