import { resumeLoad } from '../run-load.js';
import type { Language } from '../run-options.js';
import type { CredentialOptions } from './credentials.js';
import { credentialsFrom } from './credentials.js';
import type { Terminal } from './program.js';
import { watchRun } from './watch-run.js';

/** `load resume`: goes on with a killed or interrupted run in its own folder; gives the exit code. */
export async function resumeCommand(
  path: string,
  options: CredentialOptions & { adminToken?: string; observers?: string; lang: Language },
  terminal: Terminal,
): Promise<number> {
  const { environment } = terminal;
  const token = credentialsFrom(options, environment);
  const adminToken = options.adminToken ?? environment.adminToken;
  const { observers } = options;
  const { observerSecrets } = environment;
  const folder = path.replace(/\/$/, '');
  return watchRun(terminal, options.lang, (watch) =>
    resumeLoad(folder, { token, adminToken, observers, observerSecrets, ...watch }),
  );
}
