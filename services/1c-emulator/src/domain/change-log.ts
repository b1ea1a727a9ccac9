/** An object somebody wrote or removed. */
export interface Change {
  readonly set: string;
  /** See `keyOf`. */
  readonly key: string;
}

interface Logged extends Change {
  readonly number: number;
  /** Node the change came from: it is not told of it. */
  readonly origin: string | undefined;
}

/** How far one node has got. */
interface Position {
  /** Changes up to this number are confirmed. */
  confirmed: number;
  /** The message that carries everything up to a number, until it is confirmed. */
  sent: { readonly messageNo: number; readonly upTo: number; readonly isWhole: boolean } | undefined;
  /** All data are registered for it, those of the seed too. */
  isWhole: boolean;
}

/** What a message to a node carries. */
export interface Selection {
  /** Everything the infobase holds goes, `changes` among it. */
  readonly isWhole: boolean;
  readonly changes: readonly Change[];
}

/**
 * Registration of changes for the nodes of exchange plans (1c.md 4): a selection stamps what is pending with the message's number and repeats it
 * until a confirmation clears that number; an object written again after that stays registered.
 */
export class ChangeLog {
  private readonly changes = new Map<string, Logged>();
  private readonly positions = new Map<string, Position>();
  private last = 0;

  /** @param maxNodes nodes whose positions are kept */
  constructor(private readonly maxNodes: number) {}

  record(change: Change, origin?: string): void {
    const id = `${change.set} ${change.key}`;
    this.last += 1;
    // a later change takes the place of an earlier one: the log never outgrows the written objects
    this.changes.delete(id);
    this.changes.set(id, { ...change, number: this.last, origin });
  }

  /** Registers all data for a node, as the first exchange with it needs. */
  registerWhole(node: string): void {
    this.position(node).isWhole = true;
  }

  isWholeFor(node: string): boolean {
    return this.positions.get(node)?.isWhole ?? false;
  }

  pending(node: string): number {
    return this.pendingOf(node).length;
  }

  /** Stamps everything pending with the message's number. */
  select(node: string, messageNo: number): Selection {
    const position = this.position(node);
    const { isWhole } = position;
    position.sent = { messageNo, upTo: this.last, isWhole };
    return { isWhole, changes: this.pendingOf(node) };
  }

  /** Clears what messages up to that number carried; false when there is nothing to clear. */
  confirm(node: string, messageNo: number): boolean {
    const position = this.positions.get(node);
    if (position?.sent === undefined || messageNo < position.sent.messageNo) return false;
    position.confirmed = position.sent.upTo;
    if (position.sent.isWhole) position.isWhole = false;
    position.sent = undefined;
    return true;
  }

  forget(node: string): void {
    this.positions.delete(node);
  }

  clear(): void {
    this.changes.clear();
    this.positions.clear();
    this.last = 0;
  }

  private pendingOf(node: string): Logged[] {
    const confirmed = this.positions.get(node)?.confirmed ?? 0;
    return [...this.changes.values()].filter(({ number, origin }) => number > confirmed && origin !== node);
  }

  private position(node: string): Position {
    const known = this.positions.get(node);
    if (known !== undefined) return known;
    if (this.positions.size >= this.maxNodes) this.positions.delete(this.positions.keys().next().value!);
    const position: Position = { confirmed: 0, sent: undefined, isWhole: false };
    this.positions.set(node, position);
    return position;
  }
}
