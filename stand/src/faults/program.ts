import { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { AdminClient } from './admin-client.js';
import { openClusterDoor, type ClusterDoor } from './cluster-door.js';
import { bashCompletion } from './completion.js';
import { durationMs, numberArgument } from './duration.js';
import { ruleFrom, type RuleArguments } from './rule-arguments.js';
import { adminUrlOf, SERVICE_NAMES } from './service-address.js';
import { experimentsTable, presetsTable, rulesTable, timelineTable, typesTable } from './tables.js';
import { watchJournal, type WatchOptions } from './watch-journal.js';

/** Where the command reads its defaults and writes. */
export interface Surroundings {
  readonly standFolder: string;
  readonly token: string | undefined;
  readonly print: (text: string) => void;
  readonly signal?: AbortSignal;
  /** Program that knows clusters; kubectl on PATH when undefined. */
  readonly kubectl?: string;
}

interface Common {
  readonly service: string;
  readonly url?: string;
  readonly token?: string;
  readonly json?: boolean;
  readonly context?: string;
  readonly namespace?: string;
  readonly release?: string;
}

/** What one command needs: the door, and a way to show an answer as data or for people. */
interface Session {
  readonly client: AdminClient;
  readonly isJson: boolean;
  readonly show: <T>(data: unknown, table: (data: T) => string) => void;
}

type Act = (session: Session, command: Command) => Promise<void>;

/** The command line over the admin doors: `parseAsync` runs it. */
export function faultsProgram(surroundings: Surroundings): Command {
  const program = new Command('faults')
    .description('switches faults of the emulators while a test runs')
    .option('--service <name>', `one of ${SERVICE_NAMES.join(', ')}`, 'sms')
    .option('--url <url>', 'admin door to use instead of the service’s own')
    .option('--token <token>', 'bearer token of the admin door; ADMIN_TOKEN when omitted')
    .option('--context <name>', 'context of kubectl: the door is taken from that cluster, with its token')
    .option('--namespace <name>', 'namespace of the stand in that cluster; that of the context when omitted')
    .option('--release <name>', 'Helm release, where the namespace has several')
    .option('--json', 'prints the answer as data')
    .exitOverride()
    .configureOutput({ writeOut: surroundings.print, writeErr: () => undefined });
  const act =
    (run: Act) =>
    async (...args: unknown[]) => {
      const command = args.at(-1) as Command;
      const common = command.optsWithGlobals<Common>();
      const door = await clusterDoorOf(common, surroundings);
      try {
        await run(sessionOf({ ...common, ...door }, surroundings), command);
      } finally {
        door?.close();
      }
    };
  addRuleCommands(program, act);
  addPresetCommands(program, act);
  addExperimentCommands(program, act);
  addWatch(program, act, surroundings);
  program
    .command('completion')
    .description('prints a bash completion script')
    .action(() => surroundings.print(bashCompletion(program, SERVICE_NAMES)));
  // Options may stand before or after the command's name.
  for (const command of program.commands) for (const option of program.options) command.addOption(option);
  return program;
}

type Wrap = (run: Act) => (...args: unknown[]) => Promise<void>;

/** The door in a cluster, when one is asked for. */
async function clusterDoorOf(
  { context, namespace, release, service, token }: Common,
  { kubectl }: Surroundings,
): Promise<ClusterDoor | undefined> {
  return context === undefined ? undefined : openClusterDoor({ context, namespace, release, kubectl }, service, token);
}

function sessionOf({ service, url, token, json }: Common, surroundings: Surroundings): Session {
  const client = new AdminClient(
    url?.replace(/\/+$/, '') ?? adminUrlOf(service, surroundings.standFolder),
    token ?? surroundings.token,
  );
  return {
    client,
    isJson: json === true,
    show: (data, table) =>
      surroundings.print(json === true ? `${JSON.stringify(data ?? null)}\n` : table(data as never)),
  };
}

function addRuleCommands(program: Command, act: Wrap): void {
  program
    .command('list')
    .description('rules that are set, with their hits')
    .action(act(async ({ client, show }) => show(await client.get('faults'), rulesTable)));
  program
    .command('types')
    .description('kinds of fault and their options')
    .action(
      act(async ({ client, show }) =>
        show(((await client.get('faults/types')) as { types: unknown }).types, typesTable),
      ),
    );
  addSet(program, act);
  program
    .command('clear [ids...]')
    .description('removes the named rules, or all')
    .action(
      act(async ({ client, show }, { args }) => {
        for (const id of args) await client.delete(`faults/${encodeURIComponent(id)}`);
        if (args.length === 0) await client.delete('faults');
        show(
          { cleared: args.length === 0 ? 'all' : args },
          () => `cleared ${args.length === 0 ? 'all rules' : args.join(', ')}\n`,
        );
      }),
    );
}

function addSet(program: Command, act: Wrap): void {
  program
    .command('set [id] [fault]')
    .description('sets one rule, or all rules of a YAML or JSON file in place of those that are set')
    .option('--file <file>', 'list of rules')
    .option('--operations <patterns...>', 'operations it strikes, e.g. smsc.*; all when omitted')
    .option('--options <options>', 'options of the fault, JSON or YAML: "ms: 2000"')
    .option('--probability <share>', '0..1', numberArgument)
    .option('--times <count>', 'acts so many times and no more', numberArgument)
    .option('--percent <percent>', 'share of persons, always the same ones', numberArgument)
    .option('--subject <keys...>', 'persons, e.g. person:42')
    .option('--client <name>', 'calls of this client only')
    .option('--after <time>', 'begins so long from now', durationMs)
    .option('--for <time>', 'lasts so long', durationMs)
    .option('--every <time>', 'comes again at this interval', durationMs)
    .option('--ramp <time>', 'rises to its probability over this time', durationMs)
    .option('--ttl <time>', 'is over after this time, whatever happens', durationMs)
    .option('--note <text>', 'for other people')
    .action(
      act(async ({ client, show }, command) => {
        const given = command.opts<RuleArguments & { file?: string }>();
        const [id, fault] = command.args;
        if (given.file !== undefined) return show(await client.put('faults', rulesOf(given.file)), rulesTable);
        if (id === undefined || fault === undefined) throw new Error('set needs an id and a fault, or --file');
        const stored = await client.put(`faults/${encodeURIComponent(id)}`, ruleFrom(fault, given));
        show(stored, (rule) => rulesTable({ rules: [rule as never] }));
      }),
    );
}

function rulesOf(file: string): unknown {
  const data: unknown = parse(readFileSync(file, 'utf8'));
  return Array.isArray(data) ? { rules: data as unknown[] } : data;
}

function addPresetCommands(program: Command, act: Wrap): void {
  program
    .command('presets')
    .description('named lists of rules')
    .option('--names', 'prints the names alone')
    .action(
      act(async ({ client, show }, command) => {
        const found = (await client.get('presets')) as Parameters<typeof presetsTable>[0];
        if (command.opts<{ names?: boolean }>().names !== true) return show(found, presetsTable);
        show(found, () => found.presets.map(({ name }) => `${name}\n`).join(''));
      }),
    );
  program
    .command('preset <name>')
    .description('applies a preset')
    .action(
      act(async ({ client, show }, { args }) => {
        show(await client.post(`presets/${encodeURIComponent(args[0]!)}`), rulesTable);
      }),
    );
}

function addExperimentCommands(program: Command, act: Wrap): void {
  program
    .command('experiments')
    .description('experiments with state and verdict')
    .action(act(async ({ client, show }) => show(await client.get('experiments'), experimentsTable)));
  program
    .command('experiment <id>')
    .description('the timeline of an experiment; --file starts it, --stop ends it')
    .option('--file <file>', 'stages and objectives, YAML or JSON')
    .option('--stop', 'ends the run and removes its rules')
    .action(
      act(async ({ client, show }, command) => {
        const { file, stop } = command.opts<{ file?: string; stop?: boolean }>();
        const path = `experiments/${encodeURIComponent(command.args[0]!)}`;
        if (file !== undefined) show(await client.put(path, parse(readFileSync(file, 'utf8'))), timelineTable);
        else show(stop === true ? await client.post(`${path}/stop`) : await client.get(path), timelineTable);
      }),
    );
}

function addWatch(program: Command, act: Wrap, { print, signal }: Surroundings): void {
  program
    .command('watch')
    .description('prints exchanges as they come')
    .option('--operation <pattern>', 'e.g. smsc.*')
    .option('--subject <key>', 'one person')
    .option('--count <count>', 'ends after so many', numberArgument)
    .action(
      act(async ({ client, isJson }, command) => {
        const options: WatchOptions = { ...command.opts<WatchOptions>(), json: isJson, signal };
        await watchJournal(client, options, (line) => print(`${line}\n`));
      }),
    );
}
