import { Injectable } from '@nestjs/common';
import { ENTERPRISE_KINDS, enterpriseKindOf, type EnterpriseObject } from '../../domain/enterprise-object.js';
import type { Selection } from '../../domain/change-log.js';
import type { Row } from '../../domain/row.js';
import { writeHead, writeTail, type MessageHead } from '../../protocol/enterprise-data/message-head.codec.js';
import { writeObject, writeRemoval, type FindRow } from '../../protocol/enterprise-data/object.codec.js';
import { Infobase } from '../infobase.js';

/** Writes messages of EnterpriseData: the header, then the objects that are due. */
@Injectable()
export class MessageBuilder {
  constructor(private readonly infobase: Infobase) {}

  /** Pieces of a message. `receives`: kinds the peer takes, all when undefined. A head without a version makes a handshake: no objects. */
  async *message(
    head: MessageHead,
    selection: Selection,
    receives: ReadonlySet<string> | undefined,
  ): AsyncGenerator<string> {
    yield writeHead(head);
    if (head.version !== undefined) {
      const isTaken = (kind: EnterpriseObject): boolean => receives?.has(kind.element) ?? true;
      yield* selection.isWhole ? this.whole(isTaken) : this.changed(selection, isTaken);
    }
    yield writeTail(head);
  }

  private *whole(isTaken: (kind: EnterpriseObject) => boolean): Generator<string> {
    for (const kind of ENTERPRISE_KINDS.filter(isTaken)) {
      const set = this.infobase.configuration.set(kind.set)!;
      for (const row of this.infobase.scan(set)) yield writeObject(kind, row, this.find);
    }
  }

  private *changed({ changes }: Selection, isTaken: (kind: EnterpriseObject) => boolean): Generator<string> {
    for (const { set: name, key } of changes) {
      const kind = enterpriseKindOf(name);
      if (kind === undefined || !isTaken(kind)) continue;
      const set = this.infobase.configuration.set(name)!;
      const row = this.infobase.find(set, key);
      if (row === undefined) yield writeRemoval(kind, key);
      else for (const one of rowsOf(row, kind, name)) yield writeObject(kind, one, this.find);
    }
  }

  private readonly find: FindRow = (name, key) => {
    const set = this.infobase.configuration.set(name);
    return set === undefined ? undefined : this.infobase.find(set, key);
  };
}

/** The row itself, or the records of a record set. */
function rowsOf(row: Row, kind: EnterpriseObject, set: string): readonly Row[] {
  return kind.set === set ? [row] : row.rows('RecordSet');
}
