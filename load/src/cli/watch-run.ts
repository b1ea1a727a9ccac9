import type { Language, ResumeAccess, RunResult } from '../run-options.js';
import { LiveProgress } from './live-progress.js';
import { PlainProgress } from './plain-progress.js';
import type { ProgressView } from './plain-progress.js';
import { resultJson } from './result-json.js';
import { watchStopRequest } from './stop-request.js';
import { doorAddress } from './arguments.js';
import type { Terminal } from './program.js';
import { quietSummary, verdictSummary } from './verdict-summary.js';

export type Watch = Pick<ResumeAccess, 'language' | 'otlpEndpoint' | 'traces' | 'metrics' | 'signal' | 'onProgress'>;

/** How much of a run is shown. */
export interface WatchOptions {
  lang: Language;
  /** Nothing but the verdict, its reasons and the report's path. */
  quiet?: boolean;
  /** Nothing but one line of JSON. */
  json?: boolean;
}

/** Shows a run's progress and verdict; SIGINT, SIGTERM and `load stop` end it early, a second one kills the process. */
export async function watchRun(
  terminal: Terminal,
  look: WatchOptions,
  start: (watch: Watch) => Promise<RunResult>,
): Promise<number> {
  const { environment, out } = terminal;
  const { lang: language, quiet, json } = look;
  const interrupt = new AbortController();
  const onSignal = () => interrupt.abort();
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  let unwatch = () => undefined as void;
  const progress = viewOf(look, out);
  let result: RunResult;
  try {
    result = await start({
      language,
      otlpEndpoint: environment.otlpEndpoint,
      traces: environment.traces,
      metrics: environment.metrics === undefined ? undefined : doorAddress(environment.metrics),
      signal: interrupt.signal,
      onProgress: (event) => {
        if (event.kind === 'created') unwatch = watchStopRequest(event.folder, onSignal);
        progress.show(event);
      },
    });
  } finally {
    unwatch();
    progress.close();
    process.removeListener('SIGINT', onSignal);
    process.removeListener('SIGTERM', onSignal);
  }
  if (json) out.write(resultJson(result));
  else out.write(quiet ? quietSummary(result, language) : verdictSummary(result, language));
  return result.exitCode;
}

/** In pipelines nothing is shown but what ends up in the log for good. */
function viewOf({ lang, quiet, json }: WatchOptions, out: NodeJS.WriteStream): ProgressView {
  if (quiet || json) return { show: () => undefined, close: () => undefined };
  return out.isTTY ? new LiveProgress(out, lang) : new PlainProgress(out, lang);
}
