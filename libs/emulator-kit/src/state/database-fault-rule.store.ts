import type { StoredRule } from '../faults/fault-rule.js';
import { StateUnavailableError, type Database, type Row, type Statement } from './database.js';
import { FaultRuleStore } from './fault-rule.store.js';
import { originalText, storedText } from './stored-text.js';

const TABLE = '"kit"."fault_rule"';

/** Rules in a table that all replicas of the service share. */
export class DatabaseFaultRuleStore extends FaultRuleStore {
  override readonly isShared: boolean;

  constructor(
    private readonly database: Database,
    private readonly service: string,
  ) {
    super();
    this.isShared = database.isShared;
  }

  async put(rules: readonly StoredRule[]): Promise<void> {
    if (rules.length > 0) await this.write([this.insert(rules)]);
  }

  async remove(ruleIds: readonly string[]): Promise<readonly string[]> {
    const [rows] = await this.write([
      {
        text: `DELETE FROM ${TABLE} WHERE "service" = $1 AND "id" = ANY($2::text[]) RETURNING "id"`,
        values: [this.service, ruleIds.map(storedText)],
      },
    ]);
    const removed = new Set(rows!.map((row) => originalText(row['id'] as string)));
    return ruleIds.filter((id) => removed.has(id));
  }

  async replace(rules: readonly StoredRule[]): Promise<void> {
    const empty = { text: `DELETE FROM ${TABLE} WHERE "service" = $1`, values: [this.service] };
    await this.write(rules.length === 0 ? [empty] : [empty, this.insert(rules)]);
  }

  async list(): Promise<readonly StoredRule[]> {
    const [rows] = await this.write([
      { text: `SELECT "rule" FROM ${TABLE} WHERE "service" = $1 ORDER BY "id" COLLATE "C"`, values: [this.service] },
    ]);
    return rows!.map((row) => JSON.parse(row['rule'] as string) as StoredRule);
  }

  private insert(rules: readonly StoredRule[]): Statement {
    // The last of several rules with one id counts: a statement must not touch a row twice.
    const last = [...new Map(rules.map((rule) => [rule.id, rule])).values()];
    return {
      text:
        `INSERT INTO ${TABLE} ("service", "id", "rule", "revision") ` +
        `SELECT $1, u."id", u."rule"::json, u."revision" FROM unnest($2::text[], $3::text[], $4::text[]) AS u("id", "rule", "revision") ` +
        `ON CONFLICT ("service", "id") DO UPDATE SET "rule" = EXCLUDED."rule", "revision" = EXCLUDED."revision"`,
      values: [
        this.service,
        last.map(({ id }) => storedText(id)),
        last.map((rule) => JSON.stringify(rule)),
        last.map(({ revision }) => revision),
      ],
    };
  }

  /** All of them or none. @throws StateUnavailableError in words an engineer at the admin door understands */
  private async write(statements: readonly Statement[]): Promise<readonly (readonly Row[])[]> {
    try {
      if (statements.length > 1) return await this.database.transaction(statements);
      return [await this.database.query(statements[0]!)];
    } catch (failure) {
      throw new StateUnavailableError(`fault rules: ${(failure as Error).message}`);
    }
  }
}
