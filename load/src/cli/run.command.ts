import type { AdminDoor } from '../observe/admin-door.js';
import { resolveRun } from '../resolve-run.js';
import { runLoad } from '../run-load.js';
import { EXIT_CODE } from '../verdict/judge-run.js';
import type { PlanChoice } from './arguments.js';
import { sourceOf } from './arguments.js';
import type { CredentialOptions } from './credentials.js';
import { credentialsFrom } from './credentials.js';
import { planCommand } from './plan.command.js';
import type { Terminal } from './program.js';
import { watchRun } from './watch-run.js';
import type { WatchOptions } from './watch-run.js';
import { distributionOf } from './worker.command.js';
import type { DistributionOptions } from './worker.command.js';

/** Options as the command line gives them. */
export interface RunCommandOptions extends PlanChoice, CredentialOptions, DistributionOptions, WatchOptions {
  hrlink: string;
  smsAdmin: string;
  admin: AdminDoor[];
  adminToken?: string;
  hrlinkProfile?: string;
  observers?: string;
  out: string;
  dryRun?: boolean;
}

/** `load run`: gives the exit code. Ctrl-C ends the run early and keeps its folder; a second one kills the process. */
export async function runCommand(options: RunCommandOptions, terminal: Terminal): Promise<number> {
  const { environment } = terminal;
  const source = { ...sourceOf(options), hrlinkProfile: options.hrlinkProfile };
  if (options.dryRun) {
    planCommand(options, terminal);
    return EXIT_CODE.success;
  }
  const token = credentialsFrom(options, environment);
  if (options.belowTarget === 'skip' && resolveRun(source).reliability?.choice === 'skip') {
    terminal.out.write('reliability test skipped: the maximum is below the target\n');
    return EXIT_CODE.insufficient;
  }
  return watchRun(terminal, options, (watch) =>
    runLoad({
      ...source,
      hrlink: options.hrlink,
      smsAdmin: options.smsAdmin,
      token,
      admins: options.admin,
      adminToken: options.adminToken ?? environment.adminToken,
      out: options.out,
      observers: options.observers,
      observerSecrets: environment.observerSecrets,
      distribution: distributionOf(options),
      ...watch,
    }),
  );
}
