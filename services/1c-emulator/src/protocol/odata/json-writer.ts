import type { EntitySet, Property } from '../../domain/edm.js';
import type { Row, Scalar } from '../../domain/row.js';
import { entityPath } from './entity-path.js';
import { valueOf } from './filter-path.js';
import type { Representation } from './representation.js';
import type { Expanded, Plan } from './selection.js';

export const JSON_TYPE = 'application/json;charset=utf-8';

/** Writes one member of an object. */
type Write = (row: Row) => string;

/** Writes rows as JSON of one metadata level (1c.md 2.1, JSON). */
export class JsonWriter {
  private readonly writers = new Map<Plan, readonly Write[]>();

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
    const path = this.isAddressed(plan, set) ? entityPath(set!, row) : undefined;
    let text = path === undefined || this.form !== 'full' ? '' : this.identity(set!, path).join(',');
    for (const write of this.writersOf(plan)) text += (text === '' ? '' : ',') + write(row);
    if (path === undefined || plan.links.length === 0) return text;
    return (text === '' ? '' : `${text},`) + linkMembers(path, plan).join(',');
  }

  /** Whether an object of the plan is written with its own address. */
  private isAddressed({ links }: Plan, set: EntitySet | undefined): boolean {
    return set !== undefined && this.form !== 'nometadata' && (this.form === 'full' || links.length > 0);
  }

  /** How the members of a plan are written, one after another; found out once, not for each row. */
  private writersOf(plan: Plan): readonly Write[] {
    let known = this.writers.get(plan);
    if (known === undefined) this.writers.set(plan, (known = this.newWriters(plan)));
    return known;
  }

  private newWriters({ properties, presentations, collections, expanded }: Plan): Write[] {
    return [
      ...properties.map(propertyWriter),
      ...presentations.map(
        ({ name, of }): Write =>
          (row) =>
            `"${name}":${quoted(of(row))}`,
      ),
      ...collections.map(({ name, plan }): Write => (row) => {
        const lines = row.rows(name).map((line) => `{${this.members(line, plan, undefined)}}`);
        return `"${name}":[${lines.join(',')}]`;
      }),
      ...expanded.map(
        (one): Write =>
          (row) =>
            this.inlined(row, one),
      ),
    ];
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

/** Guids, moments and whole numbers that go as text have nothing in them to escape. */
const PLAIN_TEXT: readonly Property['type'][] = ['Edm.Guid', 'Edm.DateTime', 'Edm.Int64'];

function propertyWriter(property: Property): Write {
  const { name, type } = property;
  if (!PLAIN_TEXT.includes(type)) return (row) => `"${name}":${jsonValue(valueOf(row, property), property)}`;
  const head = `"${name}":"`;
  // plain additions: a template literal converts each part first
  return (row) => head + (valueOf(row, property) as string) + '"';
}

/** Int64 goes as text, everything else in its own form. */
export function jsonValue(value: Scalar, { type }: Property): string {
  if (type === 'Edm.Int64') return `"${value}"`;
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
