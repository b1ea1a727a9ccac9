import { Injectable } from '@nestjs/common';
import { setImmediate } from 'node:timers/promises';
import { enterpriseKind } from '../../domain/enterprise-object.js';
import type { EntitySet } from '../../domain/edm.js';
import { dataVersion, StoredRow, writesOf, type Row, type Scalar } from '../../domain/row.js';
import { readHead, type ReadHead } from '../../protocol/enterprise-data/message-head.codec.js';
import { fragments, type Fragment } from '../../protocol/enterprise-data/message-scanner.js';
import { readObject, type ReadObject } from '../../protocol/enterprise-data/object.codec.js';
import { readXml, xmlMember, XmlRefused } from '../../protocol/xml/xml-tree.js';
import { Infobase } from '../infobase.js';
import { EXCHANGE_TEXTS, ExchangeRefusal } from './exchange-refusal.js';

const OBJECTS_AT_A_TIME = 50;

/** Loads messages of EnterpriseData that peers sent. */
@Injectable()
export class MessageLoader {
  constructor(private readonly infobase: Infobase) {}

  /**
   * Reads a message and writes its objects. `accept` sees the header first and names the node the objects come from; it may refuse.
   * @returns how many objects were written
   * @throws ExchangeRefusal for what is no message, or as `accept` does
   */
  async load(text: string, accept: (head: ReadHead, hasBody: boolean) => Promise<string>): Promise<number> {
    const hasBody = /<(?:[^\s:/>]+:)?Body[\s>]/.test(text);
    let origin: string | undefined;
    let [seen, written] = [0, 0];
    for (const fragment of scanned(text)) {
      seen += 1;
      if (seen % OBJECTS_AT_A_TIME === 0) await setImmediate();
      if (fragment.name === 'Header') origin = await accept(headIn(fragment), hasBody);
      else if (origin === undefined) throw new ExchangeRefusal(EXCHANGE_TEXTS.notMessage);
      else if (await this.write(fragment, origin)) written += 1;
    }
    if (origin === undefined) throw new ExchangeRefusal(EXCHANGE_TEXTS.notMessage);
    return written;
  }

  /** False for a kind of object that is not loaded. */
  private async write({ name, text }: Fragment, origin: string): Promise<boolean> {
    const kind = enterpriseKind(name);
    const set = kind === undefined ? undefined : this.infobase.configuration.set(kind.set);
    if (kind === undefined || set === undefined || set.key[0] !== 'Ref_Key') return false;
    const read = readObject(kind, xmlMember(parsed(text), name));
    if (read === undefined) return false;
    const values = merged(set, read, this.infobase.find(set, read.refKey));
    const isKept = await this.infobase.write(set, read.refKey, StoredRow.flat(values).stored, origin);
    if (!isKept) throw new ExchangeRefusal(EXCHANGE_TEXTS.tooLarge);
    return true;
  }
}

/** What the message says over what there was. */
function merged(set: EntitySet, read: ReadObject, before: Row | undefined): Record<string, Scalar> {
  const values: Record<string, Scalar> = { Ref_Key: read.refKey };
  for (const property of set.properties.keys()) {
    const value = read.values[property] ?? before?.get(property);
    if (value !== undefined && property !== 'Ref_Key') values[property] = value;
  }
  const writes = before === undefined ? 0 : writesOf(before.get('DataVersion')) + 1;
  return { ...values, DataVersion: dataVersion(writes) };
}

function headIn({ text }: Fragment): ReadHead {
  const head = readHead(xmlMember(parsed(text), 'Header'));
  if (head === undefined) throw new ExchangeRefusal(EXCHANGE_TEXTS.notMessage);
  return head;
}

function parsed(text: string): unknown {
  try {
    return readXml(text);
  } catch (failure) {
    throw failure instanceof XmlRefused ? new ExchangeRefusal(EXCHANGE_TEXTS.notMessage) : failure;
  }
}

function* scanned(text: string): Generator<Fragment> {
  try {
    yield* fragments(text);
  } catch (failure) {
    throw failure instanceof XmlRefused ? new ExchangeRefusal(EXCHANGE_TEXTS.notMessage) : failure;
  }
}
