import { Command, CommanderError, Option } from 'commander';
import type { Environment } from '../config.js';
import { ConfigError } from '../profiles/read-yaml-file.js';
import { EXIT_CODE } from '../verdict/judge-run.js';
import { RunFolderError } from '../run-folder/run-folder.js';
import { door, percent, timeScale, webAddress } from './arguments.js';
import { withCredentials } from './credentials.js';
import { addDocumentCommands } from './documents.command.js';
import { planCommand } from './plan.command.js';
import { reportCommand } from './report.command.js';
import { resumeCommand } from './resume.command.js';
import { runCommand } from './run.command.js';
import { addSpansCommand } from './spans.command.js';
import { addWatchingCommands } from './watching.command.js';
import { addWorkerCommand, withDistribution } from './worker.command.js';

/** Where a command reads its environment and writes its output. */
export interface Terminal {
  environment: Environment;
  out: NodeJS.WriteStream;
  err: NodeJS.WriteStream;
}

/** Runs one command line and gives its exit code (spec 5.3); bad input is one line on stderr and code 2. */
export async function runCommandLine(argv: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode = EXIT_CODE.success;
  const program = buildProgram(terminal, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(argv);
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODE.success : EXIT_CODE.badConfig;
    if (error instanceof ConfigError) {
      terminal.err.write(`error: ${error.message}\n`);
      return EXIT_CODE.badConfig;
    }
    if (error instanceof RunFolderError) {
      terminal.err.write(`error: ${error.message}\n`);
      return EXIT_CODE.internal;
    }
    terminal.err.write(`error: internal: ${(error as Error).stack ?? String(error)}\n`);
    return EXIT_CODE.internal;
  }
}

function buildProgram(terminal: Terminal, done: (exitCode: number) => void): Command {
  const output = {
    writeOut: (text: string) => void terminal.out.write(text),
    writeErr: (text: string) => void terminal.err.write(text),
  };
  const program = new Command('load').description(
    'Load tests of HRLink: plan, run, resume, stop, status, compare, report',
  );
  const language = () => new Option('--lang <language>', 'language of the report').choices(['ru', 'en']).default('ru');
  addRunCommands(program, terminal, done);
  addWorkerCommand(program, terminal, done);
  addWatchingCommands(program, terminal, done);
  program
    .command('report')
    .description('render the reports of a run folder again')
    .argument('<folder>', 'runs/<id>')
    .addOption(language())
    .action(async (folder: string, options: { lang: 'ru' | 'en' }) => {
      await reportCommand(folder, options.lang, terminal);
    });
  planned(program.command('plan').description('print the schedule of a plan and the data it needs'))
    .option('--dry-run', 'only print (the default: this command never loads anything)')
    .action((options: Parameters<typeof planCommand>[0]) => planCommand(options, terminal));
  addDocumentCommands(program, terminal);
  addSpansCommand(program, terminal);
  for (const command of [program, ...program.commands])
    command.exitOverride().configureOutput(output).showSuggestionAfterError(false);
  return program;
}

/** `load run` and `load resume`. */
function addRunCommands(program: Command, terminal: Terminal, done: (exitCode: number) => void): void {
  const run = planned(program.command('run').description('prepare data, load HRLink by a plan, judge, report'))
    .requiredOption('--hrlink <url>', 'base address of HRLink', webAddress)
    .requiredOption('--sms-admin <url>', "base address of the SMS emulator's admin door", webAddress)
    .option('--admin <name=url>', 'admin door asked for fault rules, onec=… also for its jobs; may repeat', door, [])
    .option('--hrlink-profile <file>', "override of HRLink's path profile")
    .option('--out <folder>', 'where run folders go', 'runs')
    .option('--dry-run', 'print schedule and data like `plan`, load nothing')
    .action(async (options: Parameters<typeof runCommand>[0]) => done(await runCommand(options, terminal)));
  const resume = program
    .command('resume')
    .description('go on with a run that was killed or interrupted')
    .argument('<folder>', 'runs/<id>')
    .action(async (folder: string, options: Parameters<typeof resumeCommand>[1]) =>
      done(await resumeCommand(folder, options, terminal)),
    );
  for (const command of [run, resume]) {
    withDistribution(withCredentials(command))
      .option('--admin-token <token>', 'bearer token of the admin doors (or ADMIN_TOKEN)')
      .option('--observers <file>', 'what else is watched: PostgreSQL, pages of metrics, Prometheus, Zabbix')
      .option('--quiet', 'no progress: the verdict, its reasons and the report only')
      .option('--json', 'no progress: one line of JSON at the end')
      .addOption(new Option('--lang <language>', 'language of the report').choices(['ru', 'en']).default('ru'));
  }
}

/** Options that say what is to be done; the same for a dry run. */
function planned(command: Command): Command {
  return command
    .requiredOption('--plan <name|file>', 'smoke, demo, max-performance, reliability or a plan file')
    .option('--profile <name|file>', 'load profile; the plan names one by default')
    .option('--seed <text>', "replaces the profile's seed")
    .option('--time-scale <share>', 'shortens ramps and holds for a rehearsal, e.g. 1/60', timeScale)
    .option('--lmax <percent>', 'maximum found, for reliability plans', percent)
    .option('--after <folder>', 'run folder of the search that found the maximum, instead of --lmax')
    .addOption(
      new Option('--below-target <choice>', 'what reliability does when the maximum is below the target').choices([
        'target',
        'share',
        'skip',
      ]),
    );
}
