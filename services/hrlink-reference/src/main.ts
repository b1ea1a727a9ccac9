import { bootstrap } from '@poligon/emulator-kit';

// Routes come from the path profile while controllers are defined, so its errors come out of this import.
await bootstrap(async () => (await import('./app.module.js')).hrlinkReference);
