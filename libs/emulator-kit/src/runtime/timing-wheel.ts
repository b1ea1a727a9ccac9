/** Slots of one millisecond; a timer further away than all of them stays in its slot for as many turns as it needs. */
const SLOTS = 8192;
const MASK = SLOTS - 1;
const WORD_BITS = 32;

/** A pending timer; in a ring of its slot's timers. */
interface Entry {
  /** Monotonic millisecond, rounded up, at which it is due. */
  tick: number;
  action: (() => void) | undefined;
  previous: Entry;
  next: Entry;
}

const NONE: readonly Entry[] = [];

/** What drives the wheel: monotonic time and one timer of the platform, which is set only while something is pending. */
export interface WheelDrive {
  now(): number;
  /** Calls `wake` once in about `delayMs`; a new call replaces the one before. */
  arm(delayMs: number, wake: () => void): void;
}

/**
 * A hashed timing wheel: starting, ending and firing a timer cost the same whether one or a hundred thousand are pending.
 * Timers never fire early, and fire in the order of their milliseconds.
 */
export class TimingWheel {
  private readonly rings: (Entry | undefined)[] = new Array<Entry | undefined>(SLOTS).fill(undefined);
  /** One bit per slot that holds timers, so that the next one is found without looking at empty slots. */
  private readonly occupied = new Int32Array(SLOTS / WORD_BITS);
  private count = 0;
  /** The last millisecond that was worked off. */
  private tick: number;
  private armedTick = Infinity;
  private isTurning = false;
  private readonly wake = () => this.turn();

  constructor(private readonly drive: WheelDrive) {
    this.tick = Math.floor(drive.now());
  }

  /** Timers pending. */
  get size(): number {
    return this.count;
  }

  /** Runs `action` at `dueMs` of the drive's time, at the next turn when that is past. Returns what `remove` takes. */
  add(dueMs: number, action: () => void): object {
    if (this.count === 0) this.tick = Math.floor(this.drive.now());
    const tick = Math.max(Math.ceil(dueMs), this.tick + 1);
    const entry = { tick, action } as Entry;
    this.link(entry);
    this.count += 1;
    if (tick < this.armedTick && !this.isTurning) this.arm(tick);
    return entry;
  }

  /** Takes a timer out; does nothing when it has fired. */
  remove(timer: object): void {
    const entry = timer as Entry;
    if (entry.action === undefined) return;
    entry.action = undefined;
    this.unlink(entry);
    this.count -= 1;
  }

  private arm(tick: number): void {
    this.armedTick = tick;
    this.drive.arm(tick - this.drive.now(), this.wake);
  }

  /** Fires everything that is due and sleeps until the next timer. */
  private turn(): void {
    this.armedTick = Infinity;
    this.isTurning = true;
    const now = Math.floor(this.drive.now());
    // After a pause longer than the wheel one look at every slot is enough.
    for (let tick = Math.max(this.tick + 1, now - SLOTS + 1); tick <= now && this.count > 0; tick += 1) {
      this.tick = tick;
      this.fire(tick & MASK, now);
    }
    this.tick = now;
    this.isTurning = false;
    if (this.count > 0) this.arm(this.nextTick());
  }

  private fire(slot: number, now: number): void {
    for (const entry of this.due(slot, now)) {
      const { action } = entry;
      // An earlier action of this millisecond may have removed it.
      if (action === undefined) continue;
      this.remove(entry);
      run(action);
    }
  }

  /** Collected before anything runs: actions add and remove timers of the same ring. */
  private due(slot: number, now: number): readonly Entry[] {
    const first = this.rings[slot];
    if (first === undefined) return NONE;
    const due: Entry[] = [];
    let entry = first;
    do {
      if (entry.tick <= now) due.push(entry);
      entry = entry.next;
    } while (entry !== first);
    return due;
  }

  private link(entry: Entry): void {
    const slot = entry.tick & MASK;
    const first = this.rings[slot];
    if (first === undefined) {
      entry.previous = entry.next = entry;
      this.rings[slot] = entry;
      this.occupied[slot >>> 5]! |= 1 << (slot & 31);
      return;
    }
    entry.previous = first.previous;
    entry.next = first;
    first.previous.next = entry;
    first.previous = entry;
  }

  private unlink(entry: Entry): void {
    const slot = entry.tick & MASK;
    if (entry.next === entry) {
      this.rings[slot] = undefined;
      this.occupied[slot >>> 5]! &= ~(1 << (slot & 31));
      return;
    }
    entry.previous.next = entry.next;
    entry.next.previous = entry.previous;
    if (this.rings[slot] === entry) this.rings[slot] = entry.next;
  }

  /** The next millisecond whose slot holds a timer; it may be one for a later turn of the wheel. */
  private nextTick(): number {
    for (let ahead = 1; ahead <= SLOTS;) {
      const slot = (this.tick + ahead) & MASK;
      const word = this.occupied[slot >>> 5]! >>> (slot & 31);
      if (word !== 0) return this.tick + ahead + (31 - Math.clz32(word & -word));
      ahead += WORD_BITS - (slot & 31);
    }
    return this.tick + SLOTS;
  }
}

/** One failing action must not keep the others of its millisecond from running; it surfaces as it would from a timer of its own. */
function run(action: () => void): void {
  try {
    action();
  } catch (failure) {
    setImmediate(() => {
      throw failure;
    });
  }
}
