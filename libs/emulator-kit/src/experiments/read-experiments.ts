import { existsSync } from 'node:fs';
import { readYaml } from '../faults/preset.js';
import { experimentSchema, type Experiment } from './experiment.js';

/**
 * Experiments named by the configuration: names of `<folder>/experiments/*.yaml`, or paths of YAML or JSON files.
 * @throws SettingsError naming file, field and rule
 */
export function readExperiments(list: readonly string[], faultsFolder: URL | undefined): readonly Experiment[] {
  return list.map((name) => {
    const own = faultsFolder === undefined ? undefined : new URL(`experiments/${name}.yaml`, faultsFolder);
    return readYaml(own !== undefined && existsSync(own) ? own : name, experimentSchema);
  });
}
