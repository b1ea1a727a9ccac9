import { Logger } from '@poligon/emulator-kit';

/** Says nothing. */
export class SilentLogger extends Logger {
  debug(): void {}
  info(): void {}
  warn(): void {}
  error(): void {}
}
