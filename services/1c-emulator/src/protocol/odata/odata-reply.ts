import { WireReply } from '@poligon/emulator-kit';
import type { EntitySet } from '../../domain/edm.js';
import type { Row } from '../../domain/row.js';
import { AtomWriter, ENTRY_TYPE, FEED_TYPE } from './atom-writer.js';
import { breathe, ROWS_AT_A_TIME } from './breathing.js';
import { JSON_TYPE, JsonWriter } from './json-writer.js';
import type { ODataCall } from './odata-call.js';
import type { Plan } from './selection.js';

const VERSION = { DataServiceVersion: '3.0' };

export function odataText(body: string | Buffer, contentType: string, status = 200): WireReply {
  return new WireReply(status, { 'content-type': contentType, ...VERSION }, body);
}

/** Writes rows in the form the call asked for. */
export class ODataReplies {
  constructor(
    private readonly call: ODataCall,
    /** `yyyy-MM-ddTHH:mm:ss` */
    private readonly now: string,
  ) {}

  /** A whole set, written a few rows at a time. */
  async set(set: EntitySet, rows: readonly Row[], { plan, count }: { plan: Plan; count?: number | undefined }) {
    const writer = this.writer(set);
    const separator = this.isAtom ? '' : ',';
    const chunks: Buffer[] = [];
    let text = writer.head(count);
    for (const [nth, row] of rows.entries()) {
      if (nth > 0) text += separator;
      text += writer.row(row, plan);
      if (nth % ROWS_AT_A_TIME !== ROWS_AT_A_TIME - 1 || nth === rows.length - 1) continue;
      chunks.push(Buffer.from(text));
      text = '';
      await breathe();
    }
    text += writer.tail();
    // a page that was written in one go travels as text: it is encoded where it is sent, without a buffer of its own
    const body = chunks.length === 0 ? text : Buffer.concat([...chunks, Buffer.from(text)]);
    return odataText(body, this.isAtom ? FEED_TYPE : JSON_TYPE);
  }

  entity(set: EntitySet, row: Row, plan: Plan, status = 200): WireReply {
    return odataText(this.writer(set).entity(row, plan), this.isAtom ? ENTRY_TYPE : JSON_TYPE, status);
  }

  property(set: EntitySet, row: Row, name: string): WireReply {
    const type = this.isAtom ? 'application/xml;charset=utf-8' : JSON_TYPE;
    return odataText(this.writer(set).property(set.properties.get(name)!, row), type);
  }

  private get isAtom(): boolean {
    return this.call.form === 'atom';
  }

  private writer(set: EntitySet): AtomWriter | JsonWriter {
    const { form, root } = this.call;
    return form === 'atom' ? new AtomWriter(set, root, this.now) : new JsonWriter(set, form, root);
  }
}
