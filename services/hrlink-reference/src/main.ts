import { bootstrap } from '@poligon/emulator-kit';
import { ProfileError } from '@poligon/hrlink-api';

// The path profile is read while controllers are defined, so its errors come out of the import.
const root = await import('./app.module.js').catch((failure: unknown) => {
  if (!(failure instanceof ProfileError)) throw failure;
  process.stderr.write(`hrlink-reference: HRLINK_PATH_PROFILE: ${failure.message}\n`);
  return process.exit(2);
});

await bootstrap(root.hrlinkReference);
