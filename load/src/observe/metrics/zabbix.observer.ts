import { z } from 'zod';
import type { Observer, Write } from '../observer.js';
import type { MetricDefinition, MetricLine } from './metric-line.js';
import type { ZabbixApi } from './zabbix-api.js';

/** An item of Zabbix and what its values mean. */
export interface ZabbixItem extends Omit<MetricDefinition, 'source' | 'name' | 'unit'> {
  /** Technical name of the host, and the key of the item on it. */
  host: string;
  key: string;
  name?: string;
  unit?: string;
  /** Multiplied by this. */
  times?: number;
}

const items = z.array(
  z.object({
    itemid: z.string(),
    key_: z.string(),
    name: z.string(),
    value_type: z.coerce.number(),
    units: z.string().default(''),
  }),
);
const history = z.array(z.object({ clock: z.coerce.number(), value: z.string() }));
const trends = z.array(z.object({ clock: z.coerce.number(), value_avg: z.string() }));
/** Value types of history.get: 0 is a float, 3 an unsigned integer; the rest are texts. */
const NUMERIC = new Set([0, 3]);
const PAGE = 50_000;

/** Reads the history of chosen items over the load, at its end; trends when the history is kept no longer. */
export class ZabbixObserver implements Observer {
  readonly name = 'zabbix';

  constructor(
    private readonly api: ZabbixApi,
    private readonly wanted: readonly ZabbixItem[],
    private readonly write: Write,
  ) {}

  async open(): Promise<void> {
    await this.api.open();
  }

  async close({ from, to }: { from: number; to: number }): Promise<void> {
    const failed: string[] = [];
    for (const item of this.wanted) {
      await this.readItem(item, { from: Math.floor(from / 1000), to: Math.ceil(to / 1000) }).catch((error: unknown) => {
        failed.push(`${item.host} ${item.key}: ${(error as Error).message}`);
      });
    }
    await this.api.close();
    if (failed.length > 0) throw new Error(failed.join('; '));
  }

  private async readItem(wanted: ZabbixItem, period: { from: number; to: number }): Promise<void> {
    const { host, key, times = 1 } = wanted;
    const output = ['itemid', 'key_', 'name', 'value_type', 'units'];
    const [item] = items.parse(await this.api.call('item.get', { output, host, filter: { key_: key } }));
    if (!item) throw new Error('no such item, or no right to see it');
    if (!NUMERIC.has(item.value_type)) throw new Error('the item is not numeric');
    const points = await this.points(item, period);
    if (points.length === 0) throw new Error('no value during the load');
    const { layer, role, limit } = wanted;
    const name = wanted.name ?? `${host}: ${item.name}`;
    const unit = wanted.unit ?? item.units;
    const define = { name, source: 'zabbix', layer, role, unit, ...(limit === undefined ? {} : { limit }) };
    this.write('metrics', { define } satisfies MetricLine);
    for (const [seconds, value] of points) {
      this.write('metrics', { at: seconds * 1000, values: { [name]: value * times } } satisfies MetricLine);
    }
  }

  private async points(
    { itemid, value_type }: z.infer<typeof items>[number],
    { from, to }: { from: number; to: number },
  ): Promise<[number, number][]> {
    const period = { itemids: [itemid], time_from: from, time_till: to, limit: PAGE };
    const order = { sortfield: 'clock', sortorder: 'ASC' };
    const kept = history.parse(
      await this.api.call('history.get', { output: ['clock', 'value'], history: value_type, ...period, ...order }),
    );
    if (kept.length > 0) return kept.map(({ clock, value }) => [clock, Number(value)]);
    const hourly = trends.parse(await this.api.call('trend.get', { output: ['clock', 'value_avg'], ...period }));
    return hourly.map(({ clock, value_avg }) => [clock, Number(value_avg)]);
  }
}
