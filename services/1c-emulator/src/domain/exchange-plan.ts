import { dataVersion, StoredRow, type Row } from './row.js';
import { fixedGuid } from './seed.js';

/** The exchange plan of the universal format (1c.md 2.5). */
export const UNIVERSAL_PLAN = 'СинхронизацияДанныхЧерезУниверсальныйФормат';
export const PLAN_PREFIX = 'ExchangePlan_';

/** Nodes a plan starts with: this infobase and its peers, by their codes. */
export function exchangeNodes(own: string, peers: readonly string[]): Row[] {
  const node = (code: string, ThisNode: boolean): Row =>
    StoredRow.flat({
      ...{ Ref_Key: nodeGuid(code), DataVersion: dataVersion(0), Code: code, Description: code, ThisNode },
      ...{ SentNo: 0, ReceivedNo: 0 },
    });
  return [node(own, true), ...peers.filter((code) => code !== own).map((code) => node(code, false))];
}

/** Ref_Key of a seeded node: always the same for one code. */
export function nodeGuid(code: string): string {
  return fixedGuid(`exchange node ${code}`);
}
