import { Option, type Command } from 'commander';
import { readFileSync } from 'node:fs';
import { ConfigError } from '../profiles/read-yaml-file.js';
import { writeReports } from '../report/write-reports.js';
import { CSV_COLUMNS, CsvSpanError, readCsvSpans, type CsvColumn } from '../tracing/csv-spans.js';
import { importSpans } from '../tracing/import-spans.js';
import type { TraceSpan } from '../tracing/trace-span.js';
import type { Terminal } from './program.js';
import { finishedRun } from './report.command.js';

interface SpansOptions {
  service: string;
  database?: boolean;
  column: Partial<Record<CsvColumn, string>>;
  lang: 'ru' | 'en';
}

/** `load spans`: times from a log or a database of the system under test become spans of a run's traces. */
export function addSpansCommand(program: Command, terminal: Terminal): void {
  program
    .command('spans')
    .description('add spans from a CSV file (a log, a database) to the traces of a run and render its reports again')
    .argument('<folder>', 'runs/<id>')
    .argument('<file>', 'CSV with a header: start, end or durationMs, name, service, subject, traceId …')
    .option('--service <name>', 'service of rows that name none', 'hrlink')
    .option('--database', 'the rows are statements of its database, a part of its own in critical paths')
    .option(
      '--column <name=header>',
      `what a column is called in the file: ${CSV_COLUMNS.join(', ')}; may repeat`,
      column,
      {},
    )
    .addOption(new Option('--lang <language>', 'language of the report').choices(['ru', 'en']).default('ru'))
    .action(async (folder: string, file: string, options: SpansOptions) => {
      terminal.out.write(await spansCommand(folder, file, options));
    });
}

async function spansCommand(
  path: string,
  file: string,
  { service, database, column: columns, lang }: SpansOptions,
): Promise<string> {
  const folder = finishedRun(path);
  if (!folder.has('traces.json')) throw new ConfigError(`${path}: the run collected no traces`);
  const outcome = await importSpans(folder, read(file, { service, isDatabase: database, columns }));
  const reports = await writeReports(folder);
  return `${outcome.spans} spans, ${outcome.matched} matched to operations, ${outcome.traces} kept traces extended\n${reports[lang]}\n`;
}

function read(file: string, how: Parameters<typeof readCsvSpans>[1]): TraceSpan[] {
  try {
    return readCsvSpans(readFileSync(file, 'utf8'), how);
  } catch (error) {
    if (error instanceof CsvSpanError) throw new ConfigError(`${file}: ${error.message}`);
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new ConfigError(`${file}: ${code}`);
  }
}

function column(text: string, known: Partial<Record<CsvColumn, string>>): Partial<Record<CsvColumn, string>> {
  const at = text.indexOf('=');
  const name = CSV_COLUMNS.find((each) => each === text.slice(0, at));
  if (at === -1 || name === undefined)
    throw new ConfigError(`--column: must look like start=created_at, with one of ${CSV_COLUMNS.join(', ')}`);
  return { ...known, [name]: text.slice(at + 1) };
}
