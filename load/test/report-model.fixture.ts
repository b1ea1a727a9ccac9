import { layOut } from '../src/engine/timeline.js';
import { loadProfileSchema } from '../src/profiles/load-profile.schema.js';
import { planSchema } from '../src/profiles/plan.schema.js';
import type { RunModel } from '../src/report/run-model.js';
import { judgeRun } from '../src/verdict/judge-run.js';
import type { HoldObservation, OperationObservation } from '../src/verdict/observation.js';
import { demandsOf } from '../src/verdict/observe-run.js';

const START = Date.UTC(2026, 0, 15, 9, 0, 0);

const row = (operation: string, over: Partial<OperationObservation> = {}): OperationObservation => ({
  operation,
  planned: 100,
  launched: 100,
  succeeded: 100,
  failed: 0,
  dropped: 0,
  lost: 0,
  p50Ms: 200,
  p90Ms: 812,
  p95Ms: 900,
  p99Ms: 1200,
  maxMs: 1500,
  slaPercentileMs: 900,
  serviceP95Ms: 880,
  acceptedP50Ms: 50,
  acceptedP95Ms: 90,
  lagP99Ms: 2,
  minuteMeansMs: [],
  ...over,
});

/** A finished run of two operations, one of them short of its intensity. */
export function reportModel(over: Partial<RunModel> = {}): RunModel {
  const profile = loadProfileSchema.parse({
    name: 'p',
    operations: {
      'send-document': { perHour: 6000, sla: { percentile: 95, limit: '5s' } },
      'sign-unep': { perHour: 1800, sla: { percentile: 95, limit: '2s' } },
    },
  });
  const plan = planSchema.parse({ name: 'x', steps: [{ level: 100, ramp: '10s', hold: '60s' }] });
  const phases = layOut([{ levelPercent: 100, rampMs: 10_000, holdMs: 60_000, settleMs: 0 }], 0);
  const operations = [
    { operation: 'send-document' as const, perHour: 6000, needed: 108, total: 108, byStep: {} },
    { operation: 'sign-unep' as const, perHour: 1800, needed: 33, total: 33, byStep: {} },
  ];
  const planned = { plan, profile, seed: 's', timeScale: 1, phases, operations };
  const hold: HoldObservation = {
    step: 1,
    levelPercent: 100,
    startedAt: START + 10_000,
    finishedAt: START + 70_000,
    judgedMs: 60_000,
    cpuPercent: 12,
    eventLoopUtilisation: 0.1,
    rssMb: 150,
    meanInFlight: 1.2,
    expectedInFlight: 1.2,
    ended: 136,
    inFlightAtStart: 1,
    inFlightAtEnd: 1,
    lagP99Ms: 2,
    operations: [row('send-document'), row('sign-unep', { planned: 30, launched: 30, succeeded: 28, lost: 2 })],
  };
  return {
    record: {
      id: '2026-01-15T09-00-00-x',
      target: 'http://127.0.0.1:8100',
      createdAt: START - 5000,
      loadStartedAt: START,
      finishedAt: START + 71_000,
      state: 'finished',
      tag: 't',
      freshFrom: 1000,
      generator: { node: 'v24', cpus: 2, cpuModel: 'CPU', memoryGb: 8 },
      access: { hrlink: 'http://127.0.0.1:8100', smsAdmin: 'http://127.0.0.1:9103', admins: [] },
      prepare: [{ name: 'people', total: 3, made: 3, durationMs: 1500 }],
      signatures: { signed: 28, asked: 3, taken: 1, notAvailable: 2, valid: 1, invalid: 0 },
    },
    planned,
    verdict: judgeRun([hold], demandsOf(planned), { isInterrupted: false }),
    holds: [hold],
    calls: {
      prepare: [],
      load: [
        {
          operation: 'document.get',
          evidence: 'G',
          count: 5,
          errors: 1,
          statuses: { '200': 4, '500': 1 },
          p50Ms: 1,
          p95Ms: 2,
          p99Ms: 3,
          maxMs: 4,
          histogram: '',
        },
        {
          operation: 'files.upload',
          evidence: 'V',
          count: 9,
          errors: 0,
          statuses: { '200': 9 },
          p50Ms: 1,
          p95Ms: 2,
          p99Ms: 3,
          maxMs: 4,
          histogram: '',
        },
      ],
    },
    annotations: {
      faults: [
        { service: 'sms', moment: 'start', rules: [{ id: 'slow', fault: 'latency', operations: ['smsc.*'] }] },
        { service: 'ca', moment: 'end', error: 'connect ECONNREFUSED' },
      ],
      onec: { configured: true, jobs: [{ name: 'Расчётные листки', runs: 4, failed: 1 }] },
    },
    bucketMs: 10_000,
    series: operations.map(({ operation }) => ({
      operation,
      points: [0, 10_000, 20_000].map((atMs) => ({
        atMs,
        p50Ms: 200,
        p95Ms: 900,
        p99Ms: 1200,
        planned: 15,
        completed: 15,
      })),
      dots: [[100, 200]],
      failedDots: [],
    })),
    errors: [{ operation: 'sign-unep', cause: '<script>alert("x")</script>', count: 2, onHold: 2 }],
    health: [{ atMs: 0, cpuPercent: 10, inFlight: 1 }],
    ...over,
  };
}
