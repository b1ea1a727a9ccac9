import type { Command } from 'commander';
import { Option } from 'commander';
import { compareRuns } from '../compare/compare-runs.js';
import { ConfigError } from '../profiles/read-yaml-file.js';
import { textsFor } from '../report/texts.js';
import type { HealthLine } from '../run-folder/run-files.js';
import { RunFolder } from '../run-folder/run-folder.js';
import type { Language } from '../run-options.js';
import { SystemClock } from '../runtime/system-clock.js';
import { EXIT_CODE } from '../verdict/judge-run.js';
import { comparisonTable } from './comparison-table.js';
import { pulseParts } from './progress-line.js';
import type { Terminal } from './program.js';
import { readStatus } from './run-status.js';
import type { RunStatus } from './run-status.js';
import { requestStop } from './stop-request.js';

interface WatchingOptions {
  json?: boolean;
  lang: Language;
}

const STOP_TIMEOUT_MS = 180_000;
const LOOK_EVERY_MS = 500;

/** Adds `load status`, `load stop` and `load compare`. */
export function addWatchingCommands(program: Command, terminal: Terminal, done: (exitCode: number) => void): void {
  const language = () => new Option('--lang <language>', 'language of the output').choices(['ru', 'en']).default('ru');
  program
    .command('status')
    .description('tell how a run stands')
    .argument('<folder>', 'runs/<id>')
    .option('--json', 'one line of JSON')
    .addOption(language())
    .action((folder: string, options: WatchingOptions) => show(statusOf(folder), options, terminal));
  program
    .command('stop')
    .description('ask a run to end now; `resume` can go on with it')
    .argument('<folder>', 'runs/<id>')
    .option('--json', 'one line of JSON')
    .addOption(language())
    .action(async (folder: string, options: WatchingOptions) => done(await stopCommand(folder, options, terminal)));
  program
    .command('compare')
    .description('compare two finished runs: what changed and whether chance explains it')
    .argument('<baseline>', 'runs/<id> of the release before')
    .argument('<candidate>', 'runs/<id> of the release after')
    .option('--json', 'one line of JSON')
    .option('--out <file>', 'write it as a document too: .html or .docx')
    .addOption(language())
    .action(async (baseline: string, candidate: string, { json, lang, out }: WatchingOptions & { out?: string }) => {
      const comparison = await compareRuns(folderAt(baseline), folderAt(candidate));
      if (out !== undefined) await (await import('../paper/write-documents.js')).writeComparison(out, comparison, lang);
      terminal.out.write(json ? `${JSON.stringify(comparison)}\n` : comparisonTable(comparison, lang));
    });
}

async function stopCommand(path: string, options: WatchingOptions, terminal: Terminal): Promise<number> {
  const before = statusOf(path);
  if (before.state !== 'running') throw new ConfigError(`${path}: the run is ${before.state}, not running`);
  requestStop(before.folder);
  const clock = new SystemClock();
  const deadline = clock.now() + STOP_TIMEOUT_MS;
  let status = before;
  while (status.state === 'running' && clock.now() < deadline) {
    await clock.sleep(LOOK_EVERY_MS);
    status = statusOf(path);
  }
  show(status, options, terminal);
  return status.state === 'running' ? EXIT_CODE.internal : EXIT_CODE.success;
}

function statusOf(path: string): RunStatus {
  return readStatus(folderAt(path), new SystemClock().now());
}

function folderAt(path: string): RunFolder {
  return new RunFolder(path.replace(/\/$/, ''));
}

const STATES: Record<Language, Record<RunStatus['state'], string>> = {
  ru: {
    preparing: 'готовит данные',
    running: 'идёт',
    finished: 'завершён',
    interrupted: 'прерван',
    'prepare-failed': 'подготовка не удалась',
    dead: 'процесс исчез, продолжение: load resume',
  },
  en: {
    preparing: 'prepares data',
    running: 'is running',
    finished: 'has finished',
    interrupted: 'was interrupted',
    'prepare-failed': 'preparation failed',
    dead: 'its process is gone, go on with: load resume',
  },
};
const WORDS = {
  ru: {
    ramp: 'разгон',
    hold: 'ступень',
    inFlight: 'в работе',
    launched: 'запущено',
    failed: 'ошибок',
    workers: 'исполнители',
    lost: 'потеряно',
  },
  en: {
    ramp: 'ramp',
    hold: 'hold',
    inFlight: 'in flight',
    launched: 'launched',
    failed: 'failed',
    workers: 'workers',
    lost: 'lost',
  },
};

function show(status: RunStatus, { json, lang }: WatchingOptions, { out }: Terminal): void {
  out.write(json ? `${JSON.stringify(status)}\n` : statusText(status, lang));
}

/** The last second of a run, as its own terminal shows it. */
function pulseOf(health: HealthLine, lang: Language): string {
  const words = WORDS[lang];
  const { live, launched, inFlight, cpuPercent } = health;
  const sent = `${words.launched} ${launched}`;
  if (!live) return `${words.inFlight} ${inFlight}, ${sent}, CPU ${Math.round(cpuPercent)} %`;
  return [...pulseParts({ ...live, inFlight, cpuPercent }, lang), sent, `${words.failed} ${live.failed}`].join(' | ');
}

function statusText(status: RunStatus, lang: Language): string {
  const words = WORDS[lang];
  const { id, plan, state, phase, health, steps, word, workers } = status;
  const { verdicts } = textsFor(lang);
  const lines = [`${id} (${plan}): ${STATES[lang][state]}`];
  if (state === 'running' && phase) lines.push(`  ${words[phase.kind]} ${phase.step}, ${phase.levelPercent} %`);
  if (state === 'running' && health) lines.push(`  ${pulseOf(health, lang)}`);
  if (workers) lines.push(`  ${words.workers} ${workers.joined}, ${words.lost} ${workers.lost}`);
  for (const step of steps) lines.push(`  ${words.hold} ${step.step}, ${step.levelPercent} %: ${verdicts[step.word]}`);
  if (word) lines.push(`  ${verdicts[word]}`);
  return `${lines.join('\n')}\n`;
}
