import type { EntitySet, Property } from '../../domain/edm.js';
import type { Row, Scalar } from '../../domain/row.js';
import { entityPath } from './entity-path.js';
import { valueOf } from './filter-path.js';
import type { Representation } from './representation.js';
import type { Expanded, Plan } from './selection.js';

export const JSON_TYPE = 'application/json;charset=utf-8';

/** Writes rows as JSON of one metadata level (1c.md 2.1, JSON). */
export class JsonWriter {
  constructor(
    private readonly set: EntitySet,
    private readonly form: Exclude<Representation, 'atom'>,
    /** Absolute URL of the service root, no slash at the end. */
    private readonly root: string,
  ) {}

  /** Beginning of a set, up to its first row. */
  head(count: number | undefined): string {
    const counted = count === undefined ? '' : `"odata.count":"${count}",`;
    return `{${this.metadata('')}${counted}"value":[`;
  }

  tail(): string {
    return ']}';
  }

  /** One object as the whole body. */
  entity(row: Row, plan: Plan): string {
    return `{${this.metadata('/@Element')}${this.members(row, plan, this.set)}}`;
  }

  row(row: Row, plan: Plan): string {
    return `{${this.members(row, plan, this.set)}}`;
  }

  /** One property as the whole body. */
  property(property: Property, row: Row): string {
    const context =
      this.form === 'nometadata' ? '' : `"odata.metadata":${quoted(`${this.root}/$metadata#${property.type}`)},`;
    return `{${context}"value":${jsonValue(valueOf(row, property), property)}}`;
  }

  private metadata(suffix: string): string {
    if (this.form === 'nometadata') return '';
    return `"odata.metadata":${quoted(`${this.root}/$metadata#${this.set.name}${suffix}`)},`;
  }

  private members(row: Row, plan: Plan, set: EntitySet | undefined): string {
    const path = set === undefined || this.form === 'nometadata' ? undefined : entityPath(set, row);
    const parts = path === undefined || this.form !== 'full' ? [] : this.identity(set!, path);
    for (const property of plan.properties) {
      parts.push(`"${property.name}":${jsonValue(valueOf(row, property), property)}`);
    }
    for (const { name, of } of plan.presentations) parts.push(`"${name}":${quoted(of(row))}`);
    for (const { name, plan: inner } of plan.collections) {
      const rows = row.rows(name).map((line) => `{${this.members(line, inner, undefined)}}`);
      parts.push(`"${name}":[${rows.join(',')}]`);
    }
    for (const expanded of plan.expanded) parts.push(this.inlined(row, expanded));
    if (path !== undefined) parts.push(...linkMembers(path, plan));
    return parts.join(',');
  }

  /** What full metadata adds to an object. */
  private identity({ name }: EntitySet, path: string): string[] {
    const links = `"odata.id":${quoted(`${this.root}/${path}`)},"odata.editLink":${quoted(path)}`;
    return [`"odata.type":${quoted(`StandardODATA.${name}`)}`, links];
  }

  private inlined(row: Row, { name, set, plan, reach }: Expanded): string {
    const found = reach(row);
    return `"${name}":${found === undefined ? 'null' : `{${this.members(found, plan, set)}}`}`;
  }
}

function linkMembers(path: string, { links }: Plan): string[] {
  return links.map(({ name }) => `"${name}@navigationLinkUrl":${quoted(`${path}/${name}`)}`);
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

/** Int64 goes as text, everything else in its own form. */
export function jsonValue(value: Scalar, { type }: Property): string {
  if (type === 'Edm.Int64') return `"${value}"`;
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
