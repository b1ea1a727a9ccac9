import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plannedCount } from '../engine/arrivals.js';
import { layOut } from '../engine/timeline.js';
import { loadProfileSchema } from './load-profile.schema.js';
import { OPERATION_IDS } from './operations.js';
import { planSchema } from './plan.schema.js';
import { parseYaml, readYamlFile } from './read-yaml-file.js';

const PROFILE = 'name: p\noperations:\n  send-document: { perHour: 10, sla: { percentile: 95, limit: 5s } }\n';
const PLAN = 'name: p\nsteps:\n  - { level: 100, ramp: 1m, hold: 2m }\n';

describe('profile and plan files', () => {
  it.each([
    ['name: [', /^x\.yaml: not valid YAML: /],
    ['', /^x\.yaml: file: /],
    [PROFILE.replace('perHour: 10', 'perHour: -1'), /^x\.yaml: operations\.send-document\.perHour: too small/],
    [PROFILE.replace('5s', '5'), /^x\.yaml: operations\.send-document\.sla\.limit: must be a duration such as 250ms/],
    [PROFILE.replace('send-document', 'send-doc'), /^x\.yaml: operations: unknown field send-doc$/],
    [PROFILE.replace('perHour: 10', 'perHour: 0'), /^x\.yaml: operations: at least one operation must have perHour/],
    [PROFILE + 'tempo: 1\n', /^x\.yaml: file: unknown field tempo$/],
    [PROFILE + 'data: { signers: 0 }\n', /^x\.yaml: data\.signers: too small/],
  ])('rejects profile %j in one line', (text, message) => {
    const reading = () => parseYaml(text, loadProfileSchema, 'x.yaml');
    expect(reading).toThrow(message);
    expect(reading).not.toThrow(/\n/);
  });

  it.each([
    ['name: p\nsteps: []\n', 'x.yaml: steps: must have at least one step'],
    [PLAN.replace('2m', '0s'), 'x.yaml: steps.0.hold: must be longer than 0'],
    [PLAN.replace('2m }', '2m, settle: 2m }'), 'x.yaml: steps.0.settle: must be shorter than hold'],
    [PLAN.replace('level: 100', 'level: 0'), 'x.yaml: steps.0.level: too small: expected number to be >0'],
  ])('rejects plan %j in one line', (text, message) => {
    expect(() => parseYaml(text, planSchema, 'x.yaml')).toThrow(message);
  });

  it('reads a file by path and names a missing one', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'plan-')), 'own.yaml');
    writeFileSync(file, PLAN);
    expect(readYamlFile(file, 'plan', planSchema).value.steps![0]).toMatchObject({ ramp: 60_000, hold: 120_000 });
    expect(() => readYamlFile('./missing.yaml', 'plan', planSchema)).toThrow('./missing.yaml: no such file');
    expect(() => readYamlFile('nightly', 'plan', planSchema)).toThrow('plan nightly: no built-in plan has this name');
  });

  it('gives every operation of the demo 20 to 60 arrivals on the hold, under the knees of the reference', () => {
    const plan = readYamlFile('demo', 'plan', planSchema).value;
    const profile = readYamlFile(plan.profile, 'profile', loadProfileSchema).value;
    const steps = plan.steps!.map((s) => ({
      levelPercent: s.level,
      rampMs: s.ramp,
      holdMs: s.hold,
      settleMs: s.settle,
    }));
    const hold = layOut(steps, plan.startPercent).find((phase) => phase.kind === 'hold')!;
    const rate: Record<string, number> = {};
    for (const id of OPERATION_IDS) {
      const count = plannedCount(profile.operations[id]!.perHour, hold);
      expect(count).toBeGreaterThanOrEqual(20);
      expect(count).toBeLessThanOrEqual(60);
      rate[id] = (count * 1000) / hold.durationMs;
    }
    expect(rate['send-document']! + rate['send-lna']! + rate['application-unep']!).toBeLessThanOrEqual(5 * 0.4);
    expect(rate['issue-unep']).toBeLessThanOrEqual(4 * 0.4);
    expect(rate['sign-unep']! + rate['application-unep']!).toBeLessThanOrEqual(16 * 0.4);
  });
});
