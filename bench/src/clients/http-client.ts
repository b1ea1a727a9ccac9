import { autocannonRun } from './autocannon.js';
import { bareUndici } from './bare-undici.js';
import { EngineClient } from './engine-run.js';

/** What a client process is asked to do; it answers each with one message. */
export type ClientTask =
  | { kind: 'engine'; operations: number }
  | { kind: 'engine-at-rate'; perSecond: number; seconds: number }
  | { kind: 'undici'; seconds: number }
  | { kind: 'autocannon'; seconds: number; modules: string };

const [url = '', path = ''] = process.argv.slice(2);
let engine: EngineClient | undefined;

async function run(task: ClientTask) {
  if (task.kind === 'undici') return bareUndici(url, path, task.seconds);
  if (task.kind === 'autocannon') return autocannonRun(task.modules, url + path, task.seconds);
  engine ??= await EngineClient.open(url);
  return task.kind === 'engine' ? engine.flatOut(task.operations) : engine.run(task.perSecond, task.seconds);
}

process.on('message', (task: ClientTask) => {
  run(task).then(
    (result) => process.send?.(result),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
