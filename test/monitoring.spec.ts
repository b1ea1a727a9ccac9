import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEmulator } from '@poligon/testing';
import { parse } from 'yaml';
import { LiveRun } from '../load/src/live/live-run.js';
import { liveMetrics } from '../load/src/live/live-metrics.js';
import { layOut } from '../load/src/engine/timeline.js';
import { reportModel } from '../load/test/report-model.fixture.js';
import { smsGatewayStub } from '../services/sms-gateway-stub/src/app.module.js';
import { found, metricLines, type Line } from './prometheus-text.js';

const FOLDER = join(import.meta.dirname, '../deploy/monitoring');
const VERSIONS = ['6.0', '7.0'];

interface Item {
  uuid: string;
  key: string;
  name: string;
  type: string;
  master_item?: { key: string };
  preprocessing?: { type: string; parameters: string[]; error_handler?: string }[];
  triggers?: { uuid: string; expression: string }[];
  trigger_prototypes?: { uuid: string; expression: string }[];
}
interface Graph {
  uuid: string;
  graph_items: { item: { host: string; key: string } }[];
}
interface Discovery extends Item {
  item_prototypes: Item[];
  graph_prototypes: Graph[];
  lld_macro_paths: { lld_macro: string; path: string }[];
}
interface Template {
  uuid: string;
  template: string;
  items: Item[];
  discovery_rules: Discovery[];
  macros: { macro: string }[];
}
interface Export {
  version: string;
  date?: string;
  groups?: { uuid: string }[];
  template_groups?: { uuid: string }[];
  templates: Template[];
  graphs: Graph[];
}

const zabbix = (version: string) =>
  (parse(readFileSync(join(FOLDER, `zabbix/poligon-${version}.yaml`), 'utf8')) as { zabbix_export: Export })
    .zabbix_export;

/** Every value under a key, however deep. */
function everywhere(value: unknown, key: string): unknown[] {
  if (Array.isArray(value)) return value.flatMap((each) => everywhere(each, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => (name === key ? [each] : everywhere(each, key)));
}

async function loadPage(): Promise<Line[]> {
  const { planned } = reportModel();
  const start = Date.UTC(2026, 0, 15, 9);
  const run = new LiveRun('r', planned, start);
  const phases = layOut([{ levelPercent: 100, rampMs: 10_000, holdMs: 60_000, settleMs: 0 }], 0);
  run.tick(
    { at: start, cpuPercent: 1, eventLoopUtilisation: 0.1, rssMb: 9, inFlight: 1, launched: 1, dropped: 0 },
    phases[1],
  );
  for (const operation of ['send-document', 'sign-unep']) {
    const times = { planned: start + 20_000, started: start + 20_001, completed: start + 20_500 };
    run.add({ operation, ordinal: 1, step: 1, stage: 'hold', outcome: 'ok', ...times }, start + 21_000);
  }
  return metricLines(await liveMetrics(run, () => start + 30_000).metrics());
}

async function emulatorPage(): Promise<Line[]> {
  const emulator = await startEmulator(smsGatewayStub);
  try {
    await (await fetch(`${emulator.protocolUrl}/sys/balance.php?login=x&psw=y`)).text();
    return metricLines(await (await fetch(`${emulator.adminUrl}/metrics`)).text());
  } finally {
    await emulator.close();
  }
}

it('has the files that its catalogue makes', async () => {
  const { monitoringFiles } = (await import(join(import.meta.dirname, '../tools/monitoring.mjs'))) as {
    monitoringFiles: () => Promise<[string, string][]>;
  };
  for (const [name, text] of await monitoringFiles())
    expect([name, readFileSync(join(FOLDER, name), 'utf8')]).toEqual([name, text]);
});

describe.each(VERSIONS)('Zabbix %s templates', (version) => {
  const exported = zabbix(version);

  it('have the root of that version', () => {
    expect(exported.version).toBe(version);
    expect([exported.groups !== undefined, exported.date !== undefined]).toEqual([
      version === '6.0',
      version === '6.0',
    ]);
    expect(exported.template_groups !== undefined).toBe(version === '7.0');
  });

  it('identify every object by an UUID of version 4 without dashes, once', () => {
    const uuids = everywhere(exported, 'uuid') as string[];
    for (const uuid of uuids) expect(uuid).toMatch(/^[\da-f]{12}4[\da-f]{3}[89ab][\da-f]{15}$/);
    expect(new Set(uuids).size).toBe(uuids.length);
  });

  it.each(exported.templates.map((template) => [template.template, template] as const))(
    '%s hangs together',
    (host, template) => {
      const master = template.items.find(({ type }) => type === 'HTTP_AGENT')!;
      const prototypes = template.discovery_rules.flatMap(({ item_prototypes: items }) => items);
      const items = [...template.items, ...prototypes];
      const keys = new Set(items.map(({ key }) => key));
      expect(keys.size).toBe(items.length);
      for (const item of [...items, ...template.discovery_rules].filter(({ type }) => type === 'DEPENDENT')) {
        expect(item.master_item?.key).toBe(master.key);
        expect(item.preprocessing?.[0]?.type).toMatch(/^PROMETHEUS_(PATTERN|TO_JSON)$/);
      }
      const graphs = [...exported.graphs, ...template.discovery_rules.flatMap(({ graph_prototypes: own }) => own)];
      const used = graphs.flatMap(({ graph_items: shown }) => shown).filter(({ item }) => item.host === host);
      expect(used.length).toBeGreaterThan(0);
      for (const { item } of used) expect(keys).toContain(item.key);
      const expressions = (everywhere(template, 'expression') as string[]).flatMap((expression) => [
        ...expression.matchAll(/\/([^/]+)\/([\w.]+(?:\[[^\]]*\])?)/g),
      ]);
      expect(expressions.length).toBeGreaterThan(0);
      for (const [, name, key] of expressions) expect([name, keys.has(key!)]).toEqual([host, true]);
      const macros = new Set(template.macros.map(({ macro }) => macro));
      for (const [macro] of JSON.stringify(template).matchAll(/\{\$[\w.]+\}/g)) expect(macros).toContain(macro);
    },
  );
});

describe.each([
  ['Poligon load by HTTP', loadPage],
  ['Poligon emulator by HTTP', emulatorPage],
])('%s', (name, page) => {
  it('finds every item and prototype in what is really published', async () => {
    const lines = await page();
    const template = zabbix('7.0').templates.find(({ template: host }) => host === name)!;
    const missing: string[] = [];
    const check = ({ key, preprocessing = [] }: Item, fill: (text: string) => string) => {
      const [step] = preprocessing;
      if (step?.type !== 'PROMETHEUS_PATTERN' || step.error_handler === 'CUSTOM_VALUE') return;
      const hits = found(lines, fill(step.parameters[0]!));
      // A value is one line; the sum may be of many.
      const isFound = step.parameters[1] === 'sum' ? hits.length > 0 : hits.length === 1;
      if (!isFound || hits.some(({ value }) => Number.isNaN(value))) missing.push(fill(key));
    };
    for (const item of template.items) check(item, (text) => text);
    for (const rule of template.discovery_rules) {
      const [{ lld_macro: macro, path }] = rule.lld_macro_paths as [{ lld_macro: string; path: string }];
      const label = /\['(\w+)'\]/.exec(path)![1]!;
      const discovered = found(lines, rule.preprocessing![0]!.parameters[0]!).map(({ labels }) => labels[label]!);
      expect(discovered.length).toBeGreaterThan(0);
      for (const value of discovered) {
        for (const item of rule.item_prototypes) check(item, (text) => text.replaceAll(macro, value));
      }
    }
    expect(missing).toEqual([]);
  });
});

describe.each(['load', 'emulators', 'postgresql'])('Grafana dashboard %s', (name) => {
  interface Panel {
    id: number;
    type: string;
    gridPos: { x: number; y: number; w: number; h: number };
    targets?: { expr: string }[];
  }
  const dashboard = JSON.parse(readFileSync(join(FOLDER, `grafana/dashboards/${name}.json`), 'utf8')) as {
    panels: Panel[];
    annotations: { list: unknown[] };
    templating: { list: { type: string }[] };
  };

  it('lets the data source be chosen and marks steps, verdicts and faults', () => {
    expect(dashboard.templating.list[0]!.type).toBe('datasource');
    expect(dashboard.annotations.list).toHaveLength(3);
  });

  it('has panels that neither overlap nor leave the grid', () => {
    const cells = new Set<string>();
    for (const { gridPos: at } of dashboard.panels) {
      expect(at.x + at.w).toBeLessThanOrEqual(24);
      for (let x = at.x; x < at.x + at.w; x += 1) {
        for (let y = at.y; y < at.y + at.h; y += 1) {
          expect(cells.has(`${x} ${y}`)).toBe(false);
          cells.add(`${x} ${y}`);
        }
      }
    }
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  });
});
