import { latencyProfileSchema, type LatencyProfileFile } from '@poligon/emulator-kit';
import { Command } from 'commander';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Document, isSeq, parse, visit } from 'yaml';
import { fitAll } from './fit.js';
import { readSamples } from './read-samples.js';
import { fitTable, nameTable } from './report.js';
import { MeasurementError, type Sample } from './sample.js';

/** Fewer calls say little about a 95th percentile. */
const MIN_CALLS = 20;

interface Arguments {
  readonly from: string;
  readonly operation?: string;
  readonly call?: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** The command line that fits a latency profile from measurements: `parseAsync` runs it. */
export function calibrateProgram(print: (text: string) => void): Command {
  return new Command('calibrate')
    .description('fits a latency profile from an access log, a HAR file or an OTLP trace export')
    .requiredOption('--from <file>', 'access.log, trace.har or spans.json')
    .option('--operation <name>', 'operation of the emulator the profile is for, e.g. smsc.send')
    .option('--call <text>', 'only calls whose name contains this; * stands for any text')
    .option('--out <file>', 'profile to write; other operations in it stay')
    .option('--json', 'prints the fits as data')
    .exitOverride()
    .configureOutput({ writeOut: print, writeErr: () => undefined })
    .action((given: Arguments) => run(given, print));
}

function run({ from, operation, call, out, json }: Arguments, print: (text: string) => void): void {
  const all = readSamples(from);
  const samples = call === undefined ? all : all.filter(isCalled(call));
  if (operation === undefined) {
    print(`${from} has calls of:\n${nameTable(samples)}Name the operation with --operation, pick calls with --call.\n`);
    return;
  }
  if (samples.length < MIN_CALLS) {
    throw new MeasurementError(
      `${samples.length} calls, at least ${MIN_CALLS} are needed; see the names without --operation`,
    );
  }
  const fits = fitAll(samples.map(({ ms }) => ms));
  print(
    json === true ? `${JSON.stringify({ operation, calls: samples.length, fits })}\n` : fitTable(fits, samples.length),
  );
  const { distribution } = fits[0]!;
  const text = yamlOf(withOperation(profileIn(out), operation, distribution, { from, calls: samples.length }));
  if (out === undefined && json !== true) print(`\n${text}`);
  if (out === undefined) return;
  writeFileSync(out, text);
  if (json !== true) print(`\nwritten to ${out}\n`);
}

/** Points stand one pair a line, as a person would write them. */
function yamlOf(profile: LatencyProfileFile): string {
  const document = new Document(profile);
  visit(document, {
    Seq: (_, node) => {
      if (!node.items.some(isSeq)) node.flow = true;
    },
  });
  return document.toString({ lineWidth: 0 });
}

function isCalled(pattern: string): (sample: Sample) => boolean {
  const parts = pattern.split('*');
  return ({ name }) => {
    let from = 0;
    return parts.every((part) => {
      const at = name.indexOf(part, from);
      from = at + part.length;
      return at >= 0;
    });
  };
}

function profileIn(file: string | undefined): LatencyProfileFile | undefined {
  if (file === undefined || !existsSync(file)) return undefined;
  const parsed = latencyProfileSchema.safeParse(parse(readFileSync(file, 'utf8')));
  if (!parsed.success)
    throw new MeasurementError(`${file} is not a latency profile: ${parsed.error.issues[0]!.message}`);
  return parsed.data;
}

function withOperation(
  profile: LatencyProfileFile | undefined,
  operation: string,
  distribution: LatencyProfileFile['operations'][string],
  { from, calls }: { readonly from: string; readonly calls: number },
): LatencyProfileFile {
  const note = `${operation}: ${calls} calls of ${basename(from)}`;
  return {
    name: profile?.name ?? 'calibrated',
    note: profile?.note === undefined ? note : `${profile.note}; ${note}`,
    operations: { ...profile?.operations, [operation]: distribution },
  };
}
