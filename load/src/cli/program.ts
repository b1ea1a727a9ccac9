import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { Environment } from '../config.js';
import type { AdminDoor } from '../observe/admin-door.js';
import { ConfigError } from '../profiles/read-yaml-file.js';
import { EXIT_CODE } from '../verdict/judge-run.js';
import { planCommand } from './plan.command.js';
import { reportCommand } from './report.command.js';
import { runCommand } from './run.command.js';

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
    terminal.err.write(`error: internal: ${(error as Error).stack ?? String(error)}\n`);
    return EXIT_CODE.internal;
  }
}

function buildProgram(terminal: Terminal, done: (exitCode: number) => void): Command {
  const output = {
    writeOut: (text: string) => void terminal.out.write(text),
    writeErr: (text: string) => void terminal.err.write(text),
  };
  const program = new Command('load').description('Load tests of HRLink: run, report, plan');
  const language = () => new Option('--lang <language>', 'language of the report').choices(['ru', 'en']).default('ru');
  program
    .command('run')
    .description('prepare data, load HRLink by a plan, judge, report')
    .requiredOption('--plan <name|file>', 'smoke, demo or a plan file')
    .option('--profile <name|file>', 'load profile; the plan names one by default')
    .requiredOption('--hrlink <url>', 'base address of HRLink', webAddress)
    .requiredOption('--sms-admin <url>', "base address of the SMS emulator's admin door", webAddress)
    .option('--token <token>', "HR's User-Api-Token (or LOAD_HRLINK_TOKEN)")
    .option('--admin <name=url>', 'admin door asked for fault rules, onec=… also for its jobs; may repeat', door, [])
    .option('--admin-token <token>', 'bearer token of the admin doors (or ADMIN_TOKEN)')
    .option('--hrlink-profile <file>', "override of HRLink's path profile")
    .option('--out <folder>', 'where run folders go', 'runs')
    .option('--seed <text>', "replaces the profile's seed")
    .addOption(language())
    .action(async (options: Parameters<typeof runCommand>[0]) => done(await runCommand(options, terminal)));
  program
    .command('report')
    .description('render the reports of a run folder again')
    .argument('<folder>', 'runs/<id>')
    .addOption(language())
    .action(async (folder: string, options: { lang: 'ru' | 'en' }) => {
      await reportCommand(folder, options.lang, terminal);
    });
  program
    .command('plan')
    .description('print the schedule of a plan and the data it needs')
    .requiredOption('--plan <name|file>', 'smoke, demo or a plan file')
    .option('--profile <name|file>', 'load profile; the plan names one by default')
    .option('--seed <text>', "replaces the profile's seed")
    .option('--dry-run', 'only print (the default: this command never loads anything)')
    .action((options: Parameters<typeof planCommand>[0]) => planCommand(options, terminal));
  for (const command of [program, ...program.commands]) command.exitOverride().configureOutput(output);
  return program;
}

function webAddress(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new InvalidArgumentError('must be an http(s) address.');
  }
  return text.replace(/\/$/, '');
}

function door(text: string, doors: AdminDoor[]): AdminDoor[] {
  const [, name, url] = /^([\w-]+)=(.+)$/.exec(text) ?? [];
  if (!name || !url) throw new InvalidArgumentError('must look like sms=http://127.0.0.1:9103.');
  return [...doors, { name, url: webAddress(url) }];
}
