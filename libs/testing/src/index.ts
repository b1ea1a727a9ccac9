export { FakeClock } from './fake-clock.js';
export { golden } from './golden.js';
export { startEmulator } from './start-emulator.js';
