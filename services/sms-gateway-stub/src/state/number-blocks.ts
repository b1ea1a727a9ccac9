import { StateUnavailableError, type Database } from '@poligon/emulator-kit';

/** Numbers of one block; more than any call asks for at once. */
export const BLOCK_SIZE = 100_000;
const FIRST = 1000;

/** Numbers that no other replica gives out, without asking anybody: the next block is fetched when one is begun. */
export class NumberBlocks {
  private next = 0;
  private end = 0;
  private spare: number | undefined;
  private fetching: Promise<void> | undefined;

  constructor(
    private readonly database: Database,
    private readonly name: string,
  ) {}

  /** Call once before the first number is taken. */
  async start(): Promise<void> {
    await this.fetch();
    this.useSpare();
    await this.fetch();
  }

  /** The first of `count` consecutive numbers. @throws StateUnavailableError when the database gave none for long */
  take(count: number): number {
    if (this.end - this.next < count) this.useSpare();
    const first = this.next;
    this.next += count;
    if (this.spare === undefined) this.fetch().catch(() => undefined);
    return first;
  }

  private useSpare(): void {
    if (this.spare === undefined) {
      this.fetch().catch(() => undefined);
      throw new StateUnavailableError(`${this.name}: no numbers left, and the database gives no more`);
    }
    this.next = this.spare;
    this.end = this.spare + BLOCK_SIZE;
    this.spare = undefined;
  }

  private fetch(): Promise<void> {
    this.fetching ??= this.fetchNow().finally(() => (this.fetching = undefined));
    return this.fetching;
  }

  private async fetchNow(): Promise<void> {
    const [row] = await this.database.query({
      text:
        `INSERT INTO "sms"."number_block" AS b ("name", "next") VALUES ($1, $2) ` +
        `ON CONFLICT ("name") DO UPDATE SET "next" = b."next" + $3::bigint RETURNING "next"`,
      values: [this.name, FIRST + BLOCK_SIZE, BLOCK_SIZE],
    });
    this.spare = (row!['next'] as number) - BLOCK_SIZE;
  }
}
