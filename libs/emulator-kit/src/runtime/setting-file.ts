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

/** Key and certificate of a TLS port, PEM. */
export interface TlsFiles {
  readonly key: string;
  readonly cert: string;
}

/**
 * What the settings `<prefix>_CERT_FILE` and `<prefix>_KEY_FILE` name; undefined unless both are set.
 * @throws SettingsError one line when a file cannot be read
 */
export function readTlsFiles(prefix: string, certificate?: string, key?: string): TlsFiles | undefined {
  if (certificate === undefined || key === undefined) return undefined;
  return {
    cert: readSettingFile(`${prefix}_CERT_FILE`, certificate),
    key: readSettingFile(`${prefix}_KEY_FILE`, key),
  };
}
