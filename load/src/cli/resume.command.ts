import { resumeLoad } from '../run-load.js';
import type { CredentialOptions } from './credentials.js';
import { credentialsFrom } from './credentials.js';
import type { Terminal } from './program.js';
import { watchRun } from './watch-run.js';
import type { WatchOptions } from './watch-run.js';
import { distributionOf } from './worker.command.js';
import type { DistributionOptions } from './worker.command.js';

/** Options of `load resume`. */
export interface ResumeCommandOptions extends CredentialOptions, DistributionOptions, WatchOptions {
  adminToken?: string;
  observers?: string;
}

/** `load resume`: goes on with a killed or interrupted run in its own folder; gives the exit code. */
export async function resumeCommand(path: string, options: ResumeCommandOptions, terminal: Terminal): Promise<number> {
  const { environment } = terminal;
  const token = credentialsFrom(options, environment);
  const adminToken = options.adminToken ?? environment.adminToken;
  const { observers } = options;
  const { observerSecrets } = environment;
  const distribution = distributionOf(options);
  const folder = path.replace(/\/$/, '');
  return watchRun(terminal, options, (watch) =>
    resumeLoad(folder, { token, adminToken, observers, observerSecrets, distribution, ...watch }),
  );
}
