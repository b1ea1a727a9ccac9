import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import {
  CONFIG,
  GroupCommit,
  ResetOnAdmin,
  State,
  storedText,
  type Database,
  type Resettable,
  type Row,
} from '@poligon/emulator-kit';
import type { SmsConfig } from '../config.js';
import type { Message } from '../domain/message.js';
import { AccountStore } from './account.store.js';
import { MemoryMessageStore } from './memory-message.store.js';
import { messageMatcher } from './message-filter.js';
import { COLUMNS, insertMessages, messageOf, updateMessages } from './message-row.js';
import { MessageStore, type MessageFilter } from './message.store.js';
import { NumberBlocks } from './number-blocks.js';

const TABLE = 'sms.message';
const MAX_ROWS = 1000;
/** Messages one search of a text looks at. */
const MAX_SCANNED = 20_000;
const DAY_MS = 86_400_000;
const KEEP_FOR_MS = 30 * DAY_MS;
/** A step this late has no carrier any more: replicas run their steps within milliseconds. */
const ABANDONED_MS = 15_000;
/** A message taken up is its new carrier's for this long, until its next step is written. */
const LEASE_MS = 60_000;

/** Messages in a table; those of this process are at hand as well, up to the configured number. */
@Injectable()
@ResetOnAdmin()
export class DatabaseMessageStore extends MessageStore implements OnModuleInit, Resettable {
  override readonly isDurable = true;
  private readonly database: Database;
  private readonly working: MemoryMessageStore;
  private readonly numbers: NumberBlocks;
  private readonly inserts: GroupCommit<Message, undefined>;
  private readonly updates: GroupCommit<Message, undefined>;
  private lastResumed = 0;

  constructor(
    private readonly state: State,
    private readonly accounts: AccountStore,
    @Inject(CONFIG) config: Pick<SmsConfig, 'maxMessages'>,
  ) {
    super();
    this.database = state.database!;
    this.working = new MemoryMessageStore(config);
    this.numbers = new NumberBlocks(this.database, 'message');
    this.inserts = this.group('insert', async (messages) => {
      await this.database.query(insertMessages(messages));
    });
    this.updates = this.group('update', async (messages) => {
      await this.database.query(updateMessages([...new Set(messages)]));
    });
    state.keep({ table: TABLE, ageColumn: 'accepted_at_ms', keepForMs: KEEP_FOR_MS });
    state.hear(TABLE, (keys) => this.refresh(keys));
  }

  async onModuleInit(): Promise<void> {
    await this.numbers.start();
  }

  reserve(count: number): number {
    return this.numbers.take(count);
  }

  async add(messages: readonly Message[]): Promise<void> {
    await this.inserts.addAll(messages);
    this.working.add(messages);
    for (const { dialect, account, cost } of messages) this.accounts.spent({ dialect, login: account }, cost);
  }

  async update(message: Message): Promise<void> {
    await this.updates.add(message);
    if (this.working.find(message.id) !== message) this.state.announce(TABLE, [String(message.id)]);
  }

  find(key: number | string): Message | undefined | Promise<Message | undefined> {
    return this.working.find(key) ?? this.findKept(key);
  }

  async recent(filter: MessageFilter, limit: number): Promise<readonly Message[]> {
    const values: unknown[] = [];
    const conditions = (['phone', 'dialect', 'account', 'sender', 'state'] as const)
      .filter((field) => filter[field] !== undefined)
      .map((field) => `"${field}" = $${values.push(storedText(filter[field]!))}`);
    const { fromMs, toMs, text } = filter;
    if (fromMs !== undefined) conditions.push(`"accepted_at_ms" >= $${values.push(fromMs)}::bigint`);
    if (toMs !== undefined) conditions.push(`"accepted_at_ms" <= $${values.push(toMs)}::bigint`);
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
    const looked = text === undefined ? limit : MAX_SCANNED;
    const rows = await this.database.query({
      text: `SELECT ${COLUMNS} FROM "sms"."message" ${where} ORDER BY "id" DESC LIMIT $${values.push(looked)}`,
      values,
    });
    const matches = messageMatcher(filter);
    const found = rows.map((row) => this.ownOf(row)).filter(matches);
    return found.slice(0, limit);
  }

  atHand(filter: MessageFilter & { readonly phone: string }, limit: number): readonly Message[] {
    return this.working.atHand(filter, limit);
  }

  async clear(): Promise<void> {
    this.working.clear();
    await this.database.query({ text: 'TRUNCATE "sms"."message"' });
  }

  reset(): Promise<void> {
    return this.clear();
  }

  /** The other replica has emptied the table already. */
  forget(): void {
    this.working.clear();
  }

  override async resumable(limit: number): Promise<readonly Message[]> {
    const rows = this.database.isShared ? await this.claimed(limit) : await this.ownOnce(limit);
    const messages = rows.map(messageOf);
    this.working.add(messages);
    return messages;
  }

  /** Messages whose step is so late that their replica must be gone. */
  private claimed(limit: number): Promise<readonly Row[]> {
    const nowMs = this.state.clock.nowMs();
    return this.database.query({
      text:
        `UPDATE "sms"."message" SET "due_at_ms" = $1::bigint WHERE "id" IN (SELECT "id" FROM "sms"."message" ` +
        `WHERE "due_at_ms" < $2::bigint ORDER BY "due_at_ms" LIMIT $3 FOR UPDATE SKIP LOCKED) RETURNING ${COLUMNS}`,
      values: [nowMs + LEASE_MS, nowMs - ABANDONED_MS, limit],
    });
  }

  /** Where nobody else writes, all that is under way was carried by this process before it was restarted. */
  private async ownOnce(limit: number): Promise<readonly Row[]> {
    if (this.lastResumed === Infinity) return [];
    const rows = await this.database.query({
      text:
        `SELECT ${COLUMNS} FROM "sms"."message" WHERE "due_at_ms" IS NOT NULL AND "id" > $1::bigint ` +
        `ORDER BY "id" LIMIT $2`,
      values: [this.lastResumed, limit],
    });
    this.lastResumed = rows.length < limit ? Infinity : (rows.at(-1)!['id'] as number);
    return rows;
  }

  private async findKept(key: number | string): Promise<Message | undefined> {
    const [column, type] = typeof key === 'number' ? ['id', 'bigint'] : ['reference', 'text'];
    const [row] = await this.database.query({
      name: `${TABLE} find ${column}`,
      text: `SELECT ${COLUMNS} FROM "sms"."message" WHERE "${column}" = $1::${type} ORDER BY "id" DESC LIMIT 1`,
      values: [typeof key === 'number' ? key : storedText(key)],
    });
    return row === undefined ? undefined : this.ownOf(row);
  }

  private ownOf(row: Row): Message {
    return this.working.find(row['id'] as number) ?? messageOf(row);
  }

  /** Another replica changed messages that this one carries. */
  private async refresh(keys: readonly string[] | null): Promise<void> {
    for (const key of keys ?? []) {
      const here = this.working.find(Number(key));
      if (here === undefined) continue;
      const [row] = await this.database.query({
        text: `SELECT ${COLUMNS} FROM "sms"."message" WHERE "id" = $1`,
        values: [Number(key)],
      });
      if (row === undefined) continue;
      const { state, changedAtMs, error, text, isReplaced } = messageOf(row);
      Object.assign(here, { state, changedAtMs, error, text, isReplaced });
    }
  }

  private group(verb: string, write: (messages: readonly Message[]) => Promise<void>): GroupCommit<Message, undefined> {
    return new GroupCommit(this.state.clock, {
      name: `${TABLE} ${verb}`,
      write: async (messages) => {
        await write(messages);
        return messages.map(() => undefined);
      },
      maxRows: MAX_ROWS,
      isRepeatable: true,
      ...this.state.limits,
    });
  }
}
