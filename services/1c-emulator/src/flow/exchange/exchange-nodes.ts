import { Injectable } from '@nestjs/common';
import { PLAN_PREFIX } from '../../domain/exchange-plan.js';
import type { EntitySet } from '../../domain/edm.js';
import { dataVersion, StoredRow, writesOf, type Row, type Scalar } from '../../domain/row.js';
import { Infobase } from '../infobase.js';
import { EXCHANGE_TEXTS, ExchangeRefusal } from './exchange-refusal.js';

/** One node of an exchange plan and the numbers of its messages. */
export interface ExchangeNode {
  readonly set: EntitySet;
  /** Ref_Key. */
  readonly key: string;
  readonly code: string;
  readonly sentNo: number;
  readonly receivedNo: number;
}

/** Nodes of exchange plans, which are objects of the infobase like any other. */
@Injectable()
export class ExchangeNodes {
  constructor(private readonly infobase: Infobase) {}

  /** The peer with that code. @throws ExchangeRefusal when the plan has none */
  peer(plan: string, code: string): ExchangeNode {
    const found = this.all(plan).find((node) => node.code === code && !node.isOwn);
    if (found === undefined) throw new ExchangeRefusal(EXCHANGE_TEXTS.noNode);
    return found;
  }

  /** Code of this infobase in the plan. */
  ownCode(plan: string): string {
    return this.all(plan).find(({ isOwn }) => isOwn)?.code ?? '';
  }

  /** Nodes of a plan, this infobase among them; none for a plan there is not. */
  all(plan: string): readonly (ExchangeNode & { readonly isOwn: boolean })[] {
    const set = this.infobase.configuration.set(`${PLAN_PREFIX}${plan}`);
    if (set === undefined) return [];
    return [...this.infobase.scan(set)].map((row) => ({ ...nodeOf(set, row), isOwn: row.get('ThisNode') === true }));
  }

  /** Adds a peer, or gives the one there is. */
  async add(plan: string, code: string, refKey: string): Promise<void> {
    const set = this.infobase.configuration.set(`${PLAN_PREFIX}${plan}`);
    if (set === undefined) throw new ExchangeRefusal(EXCHANGE_TEXTS.noNode);
    if (this.all(plan).some((node) => node.code === code)) return;
    const values = { Ref_Key: refKey, DataVersion: dataVersion(0), Code: code, Description: code, ThisNode: false };
    await this.infobase.write(set, refKey, { values: { ...values, SentNo: 0, ReceivedNo: 0 }, parts: {} });
  }

  async remove({ set, key }: ExchangeNode): Promise<void> {
    await this.infobase.write(set, key, 'deleted');
  }

  /** Writes the numbers of messages, as every exchange does. */
  async number({ set, key }: ExchangeNode, numbers: { sentNo?: number; receivedNo?: number }): Promise<void> {
    const row = this.infobase.find(set, key);
    if (row === undefined) return;
    const values: Record<string, Scalar> = {};
    for (const name of set.properties.keys()) {
      const value = row.get(name);
      if (value !== undefined) values[name] = value;
    }
    values['DataVersion'] = dataVersion(writesOf(row.get('DataVersion')) + 1);
    if (numbers.sentNo !== undefined) values['SentNo'] = numbers.sentNo;
    if (numbers.receivedNo !== undefined) values['ReceivedNo'] = numbers.receivedNo;
    await this.infobase.write(set, key, StoredRow.flat(values).stored);
  }
}

function nodeOf(set: EntitySet, row: Row): ExchangeNode {
  return {
    set,
    key: String(row.get('Ref_Key')),
    code: String(row.get('Code') ?? ''),
    sentNo: Number(row.get('SentNo') ?? 0),
    receivedNo: Number(row.get('ReceivedNo') ?? 0),
  };
}
