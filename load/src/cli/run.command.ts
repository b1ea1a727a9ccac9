import type { AdminDoor } from '../observe/admin-door.js';
import { ConfigError } from '../profiles/read-yaml-file.js';
import { runLoad } from '../run-load.js';
import type { Language, RunResult } from '../run-options.js';
import { LiveProgress } from './live-progress.js';
import { PlainProgress } from './plain-progress.js';
import type { Terminal } from './program.js';
import { verdictSummary } from './verdict-summary.js';

/** Options as the command line gives them. */
export interface RunCommandOptions {
  plan: string;
  profile?: string;
  hrlink: string;
  smsAdmin: string;
  token?: string;
  admin: AdminDoor[];
  adminToken?: string;
  hrlinkProfile?: string;
  out: string;
  seed?: string;
  lang: Language;
}

/** `load run`: gives the exit code. Ctrl-C ends the run early and keeps its folder; a second one kills the process. */
export async function runCommand(options: RunCommandOptions, terminal: Terminal): Promise<number> {
  const { environment, out } = terminal;
  const token = options.token ?? environment.token;
  if (!token) throw new ConfigError('--token: missing, name it or set LOAD_HRLINK_TOKEN');
  const interrupt = new AbortController();
  const onSignal = () => interrupt.abort();
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  const progress = out.isTTY ? new LiveProgress(out, options.lang) : new PlainProgress(out, options.lang);
  let result: RunResult;
  try {
    result = await runLoad({
      plan: options.plan,
      profile: options.profile,
      hrlink: options.hrlink,
      smsAdmin: options.smsAdmin,
      token,
      admins: options.admin,
      adminToken: options.adminToken ?? environment.adminToken,
      hrlinkProfile: options.hrlinkProfile,
      out: options.out,
      seed: options.seed,
      language: options.lang,
      otlpEndpoint: environment.otlpEndpoint,
      signal: interrupt.signal,
      onProgress: (event) => progress.show(event),
    });
  } finally {
    progress.close();
    process.removeListener('SIGINT', onSignal);
    process.removeListener('SIGTERM', onSignal);
  }
  out.write(verdictSummary(result, options.lang));
  return result.exitCode;
}
