import { parentPort, workerData } from 'node:worker_threads';
import { runCases } from './run-cases.js';
import { TARGETS } from './targets.js';

const { name, cases, seed } = workerData as { name: string; cases: number; seed: number };
const target = TARGETS.find((candidate) => candidate.name === name)!;
const result = await runCases(target, { cases, seed, beat: (done) => parentPort?.postMessage({ done }) });
parentPort?.postMessage({ result });
