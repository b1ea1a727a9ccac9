import { bootstrap } from '@poligon/emulator-kit';
import { caUnepEmulator } from './app.module.js';

await bootstrap(caUnepEmulator);
