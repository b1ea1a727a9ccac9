import { hostname } from 'node:os';
import type { Command } from 'commander';
import { Option } from 'commander';
import { hrlinkWorker } from '../distributed/hrlink-worker.js';
import type { Distribution } from '../distributed/open-fleet.js';
import type { WorkerEvent } from '../distributed/worker-node.js';
import { EXIT_CODE } from '../verdict/judge-run.js';
import { brokers, workerCount } from './arguments.js';
import type { CredentialOptions } from './credentials.js';
import { credentialsFrom, withCredentials } from './credentials.js';
import type { Terminal } from './program.js';

const TOPICS = 'poligon.load';

/** Options that say who sends the load. */
export interface DistributionOptions {
  kafka?: string[];
  topics: string;
  workers: number;
  threads?: number;
}

interface WorkerOptions extends CredentialOptions {
  kafka: string[];
  topics: string;
  name: string;
  once?: boolean;
  adminToken?: string;
}

/** Adds the options of a distributed run to a command. */
export function withDistribution(command: Command): Command {
  return command
    .option('--kafka <brokers>', 'workers send the load, met on these brokers: host:port, several by commas', brokers)
    .option('--topics <prefix>', 'prefix of the topics coordinator and workers meet on', TOPICS)
    .option('--workers <count>', 'workers to wait for before the load starts', workerCount, 1)
    .addOption(
      new Option('--threads <count|auto>', 'worker threads of this process send the load; auto: one per spare core')
        .argParser(workerCount)
        .conflicts('kafka'),
    );
}

/** Who sends the load, as the run takes it; undefined when this process does. */
export function distributionOf({ kafka, topics, workers, threads }: DistributionOptions): Distribution | undefined {
  if (kafka) return { workers, kafka: { brokers: kafka, topics } };
  return threads === undefined ? undefined : { workers: threads };
}

/** Adds `load worker`: takes part in the runs of coordinators until it is told to end. */
export function addWorkerCommand(program: Command, terminal: Terminal, done: (exitCode: number) => void): void {
  withCredentials(program.command('worker').description('send a part of the load of runs started with --kafka'))
    .requiredOption('--kafka <brokers>', 'brokers to meet the coordinator on: host:port, several by commas', brokers)
    .option('--topics <prefix>', 'prefix of the topics', TOPICS)
    .option('--name <name>', 'name in the report', hostname())
    .option('--once', 'end after one run')
    .option('--admin-token <token>', 'bearer token of the admin doors (or ADMIN_TOKEN)')
    .action(async (options: WorkerOptions) => {
      await work(options, terminal);
      done(EXIT_CODE.success);
    });
}

/** Resolves on SIGINT or SIGTERM, or after one run when asked to. */
async function work(options: WorkerOptions, { environment, out }: Terminal): Promise<void> {
  const { kafka, topics, name, once } = options;
  const token = credentialsFrom(options, environment);
  const adminToken = options.adminToken ?? environment.adminToken;
  const end = new AbortController();
  const onSignal = () => end.abort();
  const { kafkaWorker } = await import('../distributed/kafka-channel.js');
  const channel = await kafkaWorker({ brokers: kafka, topics, self: `${name}.${process.pid}` });
  const node = hrlinkWorker({
    channel,
    worker: name,
    access: { token, adminToken, otlpEndpoint: environment.otlpEndpoint, otlpToken: environment.traces?.token },
    onEvent: (event) => {
      out.write(`${lineOf(event)}\n`);
      if (once && event.kind === 'finished') end.abort();
    },
  });
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  out.write(`worker ${name} waits on ${kafka.join(',')} (${topics})\n`);
  node.start();
  await new Promise((resolve) => end.signal.addEventListener('abort', resolve, { once: true }));
  process.removeListener('SIGINT', onSignal);
  process.removeListener('SIGTERM', onSignal);
  out.write(`worker ${name} ends what it has in progress; a second signal ends it at once\n`);
  await node.retire();
  await channel.close();
}

function lineOf(event: WorkerEvent): string {
  if (event.kind === 'joined') {
    return `joined ${event.run}, clock off by ${event.offsetMs.toFixed(1)} ± ${event.errorMs.toFixed(1)} ms, corrected`;
  }
  return event.kind === 'refused' ? `refused ${event.run}: ${event.reason}` : `${event.kind} ${event.run}`;
}
