import { NAMESPACE } from './edm.js';
import type { Row, Scalar } from './row.js';

/** A document as a journal lists it: columns are its own fields of the same name. */
export class JournalRow implements Row {
  constructor(
    private readonly set: string,
    private readonly document: Row,
  ) {}

  get(name: string): Scalar | undefined {
    if (name === 'Ref') return this.document.get('Ref_Key');
    return name === 'Ref_Type' ? `${NAMESPACE}.${this.set}` : this.document.get(name);
  }

  rows(): readonly Row[] {
    return [];
  }
}
