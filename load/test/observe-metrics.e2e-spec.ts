import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EmulatorObserver } from '../src/observe/emulators/emulator.observer.js';
import { PrometheusObserver } from '../src/observe/metrics/prometheus.observer.js';
import { ScrapeObserver } from '../src/observe/metrics/scrape.observer.js';
import { ZabbixApi } from '../src/observe/metrics/zabbix-api.js';
import { ZabbixObserver } from '../src/observe/metrics/zabbix.observer.js';

interface Line {
  file: string;
  line: never;
}

const body = async (incoming: IncomingMessage) => {
  let text = '';
  for await (const chunk of incoming) text += String(chunk);
  return text;
};

describe('observers of metrics', () => {
  let server: Server;
  let url = '';
  let answer: (path: string, text: string, incoming: IncomingMessage) => [number, string];
  let lines: Line[] = [];
  const write = (file: string, line: unknown) => void lines.push({ file, line: line as never });
  const of = (file: string) => lines.filter((each) => each.file === file).map(({ line }) => line as unknown);

  beforeAll(async () => {
    server = createServer((incoming, response) => {
      void body(incoming).then((text) => {
        const [status, content] = answer(incoming.url!, text, incoming);
        response.writeHead(status).end(content);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => (lines = []));

  describe('a page of metrics', () => {
    const observer = (series: never[] = []) =>
      new ScrapeObserver({ name: 'hrlink', url, layer: 'application', everyMs: 1000, cores: 2, series }, write);

    it('gives rates of counters, shares, sums and one series per label', async () => {
      let seconds = 10;
      answer = () => [
        200,
        `# HELP x y\nprocess_cpu_seconds_total ${seconds}\nhikaricp_connections_active{pool="a"} 3\nhikaricp_connections_active{pool="b"} 4\n` +
          'hikaricp_connections_max{pool="a"} 5\nhikaricp_connections_max{pool="b"} 5\nhrlink_work_open{kind="send"} 7\nhrlink_work_open{kind="nqes"} 1\nbroken\nprocess_resident_memory_bytes NaN\n',
      ];
      const watching = observer();
      await watching.open();
      await watching.tick({ at: 1000 });
      seconds = 11;
      await watching.tick({ at: 1500 });
      await watching.tick({ at: 3000 });
      expect(of('metrics')).toEqual(
        expect.arrayContaining([
          {
            define: { name: 'hrlink: CPU', source: 'hrlink', layer: 'application', role: 'cpu', unit: '%', limit: 180 },
          },
          { at: 3000, values: expect.objectContaining({ 'hrlink: CPU': 50, 'hrlink: connection pool busy': 70 }) },
          { at: 1000, values: expect.objectContaining({ 'hrlink: work in progress: send': 7 }) },
        ]),
      );
      expect(of('metrics').filter((line) => 'values' in (line as object)).length).toBe(2);
    });

    it('skips the first reading after a restart, which a smaller counter shows', async () => {
      const values = [10, 2, 3];
      answer = () => [200, `process_cpu_seconds_total ${values.shift()}\n`];
      const watching = observer();
      for (const at of [1000, 2000, 3000]) await watching.tick({ at });
      expect(of('metrics').slice(1)).toEqual([{ at: 3000, values: { 'hrlink: CPU': 100 } }]);
    });

    it('is refused with the status', async () => {
      answer = () => [503, ''];
      await expect(observer().open()).rejects.toThrow('status 503');
    });
  });

  describe('Prometheus', () => {
    const query = (name: string) => ({
      name,
      query: name,
      layer: 'host' as const,
      role: 'cpu' as const,
      unit: '%',
      limit: 80,
    });
    const observer = (...names: string[]) =>
      new PrometheusObserver({ url, stepSeconds: 15, queries: names.map(query), token: 't' }, write);

    it('keeps every series of a range, and says which queries failed', async () => {
      answer = (path, text, incoming) => {
        expect(incoming.headers.authorization).toBe('Bearer t');
        const asked = new URLSearchParams(text);
        if (path === '/api/v1/query')
          return [200, '{"status":"success","data":{"resultType":"scalar","result":[1,"1"]}}'];
        expect([asked.get('start'), asked.get('end'), asked.get('step')]).toEqual(['1000.000', '1060.000', '15']);
        const series = {
          metric: { __name__: 'n', instance: 'a' },
          values: [
            [1000, '1.5'],
            [1015, 'NaN'],
            [1030, '2'],
          ],
        };
        const result = asked.get('query') === 'two' ? [series, { ...series, metric: { instance: 'b' } }] : [series];
        if (asked.get('query') === 'bad') return [400, '{"status":"error"}'];
        return [200, JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } })];
      };
      const watching = observer('one', 'two', 'bad');
      await watching.open();
      await expect(watching.close({ from: 1_000_000, to: 1_060_000 })).rejects.toThrow('bad: status 400');
      expect(of('metrics').slice(0, 3)).toEqual([
        { define: { name: 'one', source: 'prometheus', layer: 'host', role: 'cpu', unit: '%', limit: 80 } },
        { at: 1_000_000, values: { one: 1.5 } },
        { at: 1_030_000, values: { one: 2 } },
      ]);
      expect(JSON.stringify(of('metrics'))).toContain('two {instance=b}');
    });
  });

  describe.each([
    ['6.0.40', 'body'],
    ['7.0.12', 'header'],
  ])('Zabbix %s', (release, place) => {
    const item = { host: 'db1', key: 'system.cpu.util', layer: 'database' as const, role: 'cpu' as const, limit: 80 };
    const calls: string[] = [];
    const results: Record<string, unknown> = {
      'apiinfo.version': release,
      'user.login': 'session',
      'user.logout': true,
      'item.get': [{ itemid: '42', key_: 'system.cpu.util', name: 'CPU utilization', value_type: '0', units: '%' }],
      'history.get': [
        { itemid: '42', clock: '1000', value: '12.5', ns: '1' },
        { itemid: '42', clock: '1060', value: '80', ns: '1' },
      ],
    };
    const zabbix = (_path: string, text: string, incoming: IncomingMessage): [number, string] => {
      const call = JSON.parse(text) as { id: number; method: string; auth?: string; params: Record<string, unknown> };
      calls.push(call.method);
      const isOpen = call.method === 'apiinfo.version' || call.method === 'user.login';
      const given = { body: call.auth, header: incoming.headers.authorization?.replace('Bearer ', '') };
      if (isOpen ? given.body !== undefined || given.header !== undefined : given[place as 'body'] !== 'session') {
        const error = { code: -32602, message: 'Invalid params.', data: 'Not authorized.' };
        return [200, JSON.stringify({ jsonrpc: '2.0', error, id: call.id })];
      }
      if (call.method === 'user.login') expect(call.params).toEqual({ username: 'Admin', password: 'zabbix' });
      if (call.method === 'history.get')
        expect(call.params).toMatchObject({ history: 0, itemids: ['42'], time_from: 1000 });
      return [200, JSON.stringify({ jsonrpc: '2.0', result: results[call.method], id: call.id })];
    };

    beforeEach(() => {
      calls.length = 0;
      answer = zabbix;
    });

    it(`logs in, reads the history of an item with the token in the ${place}, logs out`, async () => {
      const watching = new ZabbixObserver(new ZabbixApi(url, { user: 'Admin', password: 'zabbix' }), [item], write);
      await watching.open();
      await watching.close({ from: 1_000_000, to: 1_060_000 });
      expect(calls).toEqual(['apiinfo.version', 'user.login', 'item.get', 'history.get', 'user.logout']);
      expect(of('metrics')).toEqual([
        {
          define: {
            name: 'db1: CPU utilization',
            source: 'zabbix',
            layer: 'database',
            role: 'cpu',
            unit: '%',
            limit: 80,
          },
        },
        { at: 1_000_000, values: { 'db1: CPU utilization': 12.5 } },
        { at: 1_060_000, values: { 'db1: CPU utilization': 80 } },
      ]);
    });

    it('takes hourly trends when the history is gone', async () => {
      results['trend.get'] = [{ itemid: '42', clock: '900', value_avg: '5' }];
      answer = (path, text, incoming) =>
        text.includes('history.get') ? [200, '{"jsonrpc":"2.0","result":[],"id":1}'] : zabbix(path, text, incoming);
      const watching = new ZabbixObserver(new ZabbixApi(url, { token: 'session' }), [item], write);
      await watching.open();
      await watching.close({ from: 1_000_000, to: 1_060_000 });
      expect(of('metrics').at(-1)).toEqual({ at: 900_000, values: { 'db1: CPU utilization': 5 } });
      expect(calls).not.toContain('user.logout');
    });

    it("passes Zabbix's own words on", async () => {
      const watching = new ZabbixObserver(new ZabbixApi(url, { token: 'wrong' }), [item], write);
      await watching.open();
      await expect(watching.close({ from: 1, to: 2 })).rejects.toThrow(
        'db1 system.cpu.util: item.get: Invalid params. Not authorized.',
      );
    });
  });

  it('counts the exchanges of an emulator over a hold and notes what was changed at its admin door', async () => {
    const entry = (seq: number, operation: string) => ({
      seq,
      at: '2026-01-15T09:00:00.000Z',
      operation,
      outcome: 'changed',
      wire: { by: 'x' },
    });
    const journals = [
      { last: 5, entries: [] },
      { last: 9, entries: [entry(6, 'admin.faults.put'), entry(9, 'admin.reset')] },
    ];
    let calls = 10;
    answer = (path) => {
      if (path.startsWith('/__admin/journal')) return [200, JSON.stringify(journals.shift())];
      const labels = '{operation="smsc.send"';
      const page = `poligon_exchange_duration_seconds_sum${labels}} ${calls / 10}\npoligon_exchange_duration_seconds_count${labels}} ${calls}\npoligon_latency_intended_seconds_sum${labels}} ${calls / 20}\npoligon_exchanges_total${labels},outcome="reply"} ${calls - 2}\npoligon_exchanges_total${labels},outcome="fail"} 2\n`;
      return [200, page];
    };
    const watching = new EmulatorObserver({ name: 'sms', url }, write);
    await watching.open();
    await watching.hold({ step: 1, levelPercent: 100, edge: 'start', at: 1000 });
    calls = 30;
    await watching.hold({ step: 1, levelPercent: 100, edge: 'end', at: 11_000 });
    await watching.tick({ at: 20_000 });
    expect(of('services')).toEqual([
      {
        step: 1,
        levelPercent: 100,
        system: 'sms',
        seconds: 10,
        operations: [
          {
            operation: 'smsc.send',
            calls: 20,
            totalMs: expect.closeTo(2000, 3),
            injectedMs: expect.closeTo(1000, 3),
            outcomes: { reply: 20 },
          },
        ],
      },
    ]);
    expect(of('events')).toMatchObject([
      { kind: 'fault', service: 'sms', text: 'admin.faults.put changed {"by":"x"}' },
      { kind: 'admin', at: Date.UTC(2026, 0, 15, 9) },
    ]);
  });
});
