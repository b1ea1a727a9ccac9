import type { EntitySet } from '../../domain/edm.js';
import type { Row, Scalar } from '../../domain/row.js';

/** One side of an entry: what a virtual table of an accounting register adds up. */
class Leg implements Row {
  constructor(
    private readonly entry: Row,
    private readonly side: 'Dr' | 'Cr',
  ) {}

  get(name: string): Scalar | undefined {
    if (name === 'Account_Key') return this.entry.get(`Account${this.side}_Key`);
    if (name === 'RecordType') return this.side === 'Dr' ? 'Receipt' : 'Expense';
    const analytics = /^ExtDimension(\d)$/.exec(name)?.[1];
    return analytics === undefined ? this.entry.get(name) : this.entry.get(`ExtDimension${this.side}${analytics}`);
  }

  rows(): readonly Row[] {
    return [];
  }
}

/** Movements an entry of a register makes: itself, or debit and credit of their accounts. */
export function movementsOf({ kind }: EntitySet): (record: Row) => readonly Row[] {
  if (kind !== 'AccountingRegister') return (record) => [record];
  return (record) => [new Leg(record, 'Dr'), new Leg(record, 'Cr')];
}
