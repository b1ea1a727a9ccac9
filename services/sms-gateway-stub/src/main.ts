import { bootstrap } from '@poligon/emulator-kit';
import { smsGatewayStub } from './app.module.js';

await bootstrap(smsGatewayStub);
