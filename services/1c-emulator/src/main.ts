import { bootstrap } from '@poligon/emulator-kit';
import { oneCEmulator } from './app.module.js';

await bootstrap(oneCEmulator);
