import { Injectable } from '@nestjs/common';
import { WireReply } from '@poligon/emulator-kit';
import { ChangeLog } from '../../domain/change-log.js';
import { Infobase } from '../../flow/infobase.js';
import { LocalTime } from '../../flow/local-time.js';
import { breathe, ROWS_AT_A_TIME } from './breathing.js';
import type { EntitySet } from '../../domain/edm.js';
import type { Plan } from './selection.js';
import { AtomWriter, FEED_TYPE } from './atom-writer.js';
import type { ODataCall } from './odata-call.js';
import { odataFailure } from './odata-failure.js';
import { ODataReader } from './odata-reader.js';
import { odataText } from './odata-reply.js';
import { readKey, unquoted } from './segment.js';

/** The two methods of the service root that tell a node of an exchange plan what changed (1c.md 2.1, Writes). */
@Injectable()
export class ChangeExchange {
  constructor(
    private readonly infobase: Infobase,
    private readonly changes: ChangeLog,
    private readonly reader: ODataReader,
    private readonly time: LocalTime,
  ) {}

  /** @throws ProtocolError of the standard interface */
  async answer(action: string, call: ODataCall): Promise<WireReply> {
    const node = this.node(call);
    const messageNo = numberOf(call);
    if (action === 'SelectChanges') return this.selected(node, messageNo, call);
    this.changes.confirm(node, messageNo);
    return WireReply.empty(200);
  }

  /** An Atom feed of everything written since, removed objects as tombstones (RFC 6721). */
  private async selected(node: string, messageNo: number, call: ODataCall): Promise<WireReply> {
    const { configuration } = this.infobase;
    const { changes } = this.changes.select(node, messageNo);
    const now = this.time.now();
    const entries: string[] = [];
    for (const [nth, { set: name, key }] of changes.entries()) {
      if (nth % ROWS_AT_A_TIME === ROWS_AT_A_TIME - 1) await breathe();
      const set = configuration.set(name)!;
      const row = this.infobase.find(set, key);
      const writer = new AtomWriter(set, call.root, now);
      entries.push(row === undefined ? writer.removed(key) : writer.row(row, this.wholePlan(set, call)));
    }
    return odataText(AtomWriter.feed(call.root, now, entries), FEED_TYPE);
  }

  private wholePlan(set: EntitySet, call: ODataCall): Plan {
    return this.reader.plan(set, { ...call, options: NO_OPTIONS });
  }

  /** Ref_Key of the node that `DataExchangePoint` names. @throws ProtocolError: 12 without it, 9 for a node there is not */
  private node({ options }: ODataCall): string {
    const point = unquoted(options.get('DataExchangePoint') ?? '');
    if (point === '') throw odataFailure('missing-argument', 'DataExchangePoint');
    const [, name, args] = /(?:^|\/)(ExchangePlan_[\p{L}\d_]+)\((.+)\)$/u.exec(point) ?? [];
    const set = name === undefined ? undefined : this.infobase.configuration.set(name);
    if (set === undefined) throw odataFailure('unknown-set', name ?? point.slice(0, 200));
    const key = readKey(set, args!);
    if (this.infobase.find(set, key) === undefined) throw odataFailure('not-found', set.name);
    return key;
  }
}

const NO_OPTIONS: ReadonlyMap<string, string> = new Map();

function numberOf({ options }: ODataCall): number {
  const text = options.get('MessageNo');
  if (text === undefined) throw odataFailure('missing-argument', 'MessageNo');
  if (!/^\d{1,9}$/.test(text)) throw odataFailure('cannot-parse', text.slice(0, 200), 'Edm.Int64');
  return Number(text);
}
