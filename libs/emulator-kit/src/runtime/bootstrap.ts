import { createEmulator, type RunningEmulator } from './create-emulator.js';
import type { EmulatorDefinition } from './emulator.js';
import { SettingsError, type Settings } from './settings.js';
import { stopTelemetry } from './start-telemetry.js';

/** Exit code of a start that failed on its settings. */
const EXIT_BAD_SETTINGS = 2;

/** Message to a launcher over the process channel once both doors are open. */
export interface ReadyMessage {
  readonly type: 'ready';
  readonly name: string;
  readonly protocolUrl: string;
  readonly adminUrl: string;
}

/** An emulator, or a way to load one whose module can fail on a setting while it is defined. */
export type EmulatorSource<S extends Settings> = EmulatorDefinition<S> | (() => Promise<EmulatorDefinition<S>>);

/** Runs an emulator as this process: starts it, tells the launcher, stops it on SIGTERM, SIGINT or when the launcher is gone. */
export async function bootstrap<S extends Settings>(source: EmulatorSource<S>): Promise<void> {
  const emulator = await started(source).catch((failure: unknown) => {
    if (!(failure instanceof SettingsError)) throw failure;
    const name = typeof source === 'function' ? 'emulator' : source.name;
    process.stderr.write(`${name}: ${failure.message}\n`);
    return process.exit(EXIT_BAD_SETTINGS);
  });
  const { name, protocolUrl, adminUrl } = emulator;
  process.send?.({ type: 'ready', name, protocolUrl, adminUrl } satisfies ReadyMessage);
  stopOnSignals(emulator);
}

async function started<S extends Settings>(source: EmulatorSource<S>): Promise<RunningEmulator> {
  const definition = typeof source === 'function' ? await source() : source;
  return createEmulator(definition, { environment: process.env });
}

function stopOnSignals(emulator: RunningEmulator): void {
  let isStopping = false;
  const stop = (cause: string) => {
    if (isStopping) return;
    isStopping = true;
    emulator.logger.info('emulator.stopping', { cause });
    void emulator
      .close()
      .then(() => stopTelemetry())
      .then(
        () => process.exit(0),
        (failure: unknown) => {
          emulator.logger.error('emulator.stop-failed', { failure: String(failure) });
          process.exit(1);
        },
      );
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
  // A launcher that dies without a word must not leave orphans behind.
  process.on('disconnect', () => stop('launcher gone'));
  process.on('unhandledRejection', (failure) => {
    emulator.logger.error('process.unhandled-rejection', {
      failure: failure instanceof Error ? failure.stack : String(failure),
    });
  });
}
