import { bootstrap } from '@poligon/emulator-kit';
import { esiaStub } from './app.module.js';
await bootstrap(esiaStub);
