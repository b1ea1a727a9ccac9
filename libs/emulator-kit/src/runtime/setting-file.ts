import { readFileSync } from 'node:fs';
import { SettingsError } from './settings.js';

/**
 * Text of the file that a setting names.
 * @param variable the setting's variable, for the message
 * @throws SettingsError one line when the file cannot be read
 */
export function readSettingFile(variable: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (failure) {
    throw new SettingsError(`${variable}: ${file}: ${(failure as NodeJS.ErrnoException).code ?? String(failure)}`);
  }
}
