export { FakeClock } from './fake-clock.js';
export { golden } from './golden.js';
export { SilentLogger } from './silent-logger.js';
export { startEmulator } from './start-emulator.js';
export {
  createTestDatabase,
  describeOnEmbeddedEngines,
  describeOnPglite,
  describeOnServer,
  openEngine,
  type EngineUnderTest,
  type OpenedEngine,
  type StateEngine,
} from './state-engines.js';
export { Collector, type CollectedSpan } from './otlp-collector.js';
