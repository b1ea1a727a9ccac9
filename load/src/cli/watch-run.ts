import type { Language, ResumeAccess, RunResult } from '../run-options.js';
import { LiveProgress } from './live-progress.js';
import { PlainProgress } from './plain-progress.js';
import type { Terminal } from './program.js';
import { verdictSummary } from './verdict-summary.js';

export type Watch = Pick<ResumeAccess, 'language' | 'otlpEndpoint' | 'traces' | 'metrics' | 'signal' | 'onProgress'>;

/** Shows a run's progress and verdict; SIGINT and SIGTERM end it early, a second one kills the process. */
export async function watchRun(
  terminal: Terminal,
  language: Language,
  start: (watch: Watch) => Promise<RunResult>,
): Promise<number> {
  const { environment, out } = terminal;
  const interrupt = new AbortController();
  const onSignal = () => interrupt.abort();
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  const progress = out.isTTY ? new LiveProgress(out, language) : new PlainProgress(out, language);
  let result: RunResult;
  try {
    result = await start({
      language,
      otlpEndpoint: environment.otlpEndpoint,
      signal: interrupt.signal,
      traces: environment.traces,
      metrics: environment.metrics === undefined ? undefined : doorAddress(environment.metrics),
      onProgress: (event) => progress.show(event),
    });
  } finally {
    progress.close();
    process.removeListener('SIGINT', onSignal);
    process.removeListener('SIGTERM', onSignal);
  }
  out.write(verdictSummary(result, language));
  return result.exitCode;
}
