import { createEmulator, type EmulatorDefinition, type Overrides, type RunningEmulator } from '@poligon/emulator-kit';

type Definition = Parameters<typeof createEmulator>[0];

/** Port variables of a definition, all set to 0 so that tests never meet on a port. */
function freePorts(definition: Definition): Record<string, string> {
  return Object.fromEntries(
    Object.values(definition.settings)
      .filter(({ variable }) => variable.endsWith('_PORT'))
      .map(({ variable }) => [variable, '0']),
  );
}

/**
 * Starts an emulator in this process on free ports, silent, without baseline latency unless `environment` says otherwise.
 * Close it in `afterAll`.
 */
export function startEmulator<S extends EmulatorDefinition['settings']>(
  definition: EmulatorDefinition<S>,
  environment: Readonly<Record<string, string>> = {},
  overrides: Overrides = [],
): Promise<RunningEmulator> {
  const profile = Object.values(definition.settings).find(({ variable }) => variable.endsWith('_LATENCY_PROFILE'));
  const quiet = profile === undefined ? {} : { [profile.variable]: 'none' };
  return createEmulator(definition, {
    environment: { LOG_LEVEL: 'silent', ...freePorts(definition as unknown as Definition), ...quiet, ...environment },
    overrides,
  });
}
