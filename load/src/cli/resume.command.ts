import { ConfigError } from '../profiles/read-yaml-file.js';
import { resumeLoad } from '../run-load.js';
import type { Language } from '../run-options.js';
import type { Terminal } from './program.js';
import { watchRun } from './watch-run.js';

/** `load resume`: goes on with a killed or interrupted run in its own folder; gives the exit code. */
export async function resumeCommand(
  path: string,
  options: { token?: string; adminToken?: string; lang: Language },
  terminal: Terminal,
): Promise<number> {
  const { environment } = terminal;
  const token = options.token ?? environment.token;
  if (!token) throw new ConfigError('--token: missing, name it or set LOAD_HRLINK_TOKEN');
  const adminToken = options.adminToken ?? environment.adminToken;
  const folder = path.replace(/\/$/, '');
  return watchRun(terminal, options.lang, (watch) => resumeLoad(folder, { token, adminToken, ...watch }));
}
