import type { EntitySet, Property } from '../../domain/edm.js';
import type { Row } from '../../domain/row.js';
import { entityPath, entityPathOf } from './entity-path.js';
import { valueOf } from './filter-path.js';
import type { Plan } from './selection.js';
import { xmlText } from '../xml/xml-text.js';

export const ENTRY_TYPE = 'application/atom+xml;type=entry;charset=utf-8';
export const FEED_TYPE = 'application/atom+xml;type=feed;charset=utf-8';
export const ADO = 'http://schemas.microsoft.com/ado/2007/08/dataservices';
export const ADO_METADATA = `${ADO}/metadata`;
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>';
const SPACES = `xmlns="http://www.w3.org/2005/Atom" xmlns:d="${ADO}" xmlns:m="${ADO_METADATA}"`;

const TOMBSTONES = 'xmlns:at="http://purl.org/atompub/tombstones/1.0"';

/** Writes rows as Atom (1c.md 2.1, Atom). */
export class AtomWriter {
  constructor(
    private readonly set: EntitySet,
    private readonly root: string,
    /** `yyyy-MM-ddTHH:mm:ss`, when the answer was made. */
    private readonly updated: string,
  ) {}

  head(count: number | undefined): string {
    const counted = count === undefined ? '' : `<m:count>${count}</m:count>`;
    const id = `<id>${xmlText(this.root)}/${this.set.name}</id>`;
    return (
      `${HEAD}<feed ${SPACES} ${TOMBSTONES} xml:base="${xmlText(this.root)}/">${id}` +
      `<title type="text"/><updated>${this.updated}</updated>${counted}`
    );
  }

  /** A feed of objects of several sets. */
  static feed(root: string, updated: string, entries: readonly string[]): string {
    const head = `${HEAD}<feed ${SPACES} ${TOMBSTONES} xml:base="${xmlText(root)}/"><id>${xmlText(root)}/SelectChanges</id>`;
    return `${head}<title type="text"/><updated>${updated}</updated>${entries.join('')}</feed>`;
  }

  /** That the object under a key is gone (RFC 6721). @param key see `keyOf` */
  removed(key: string): string {
    const path = entityPathOf(this.set, key.split('|'));
    return `<at:deleted-entry ref="${xmlText(`${this.root}/${path}`)}" when="${this.updated}"/>`;
  }

  tail(): string {
    return '</feed>';
  }

  entity(row: Row, plan: Plan): string {
    return `${HEAD}${this.entry(row, plan, this.set, ` ${SPACES}`)}`;
  }

  row(row: Row, plan: Plan): string {
    return this.entry(row, plan, this.set, '');
  }

  property(property: Property, row: Row): string {
    return `${HEAD}<d:${property.name} xmlns:d="${ADO}">${xmlText(String(valueOf(row, property)))}</d:${property.name}>`;
  }

  private entry(row: Row, plan: Plan, set: EntitySet, spaces: string): string {
    const path = xmlText(entityPath(set, row));
    const expanded = new Map(plan.expanded.map((found) => [found.name, found]));
    const links = plan.links.map(({ name }) => {
      const attributes = `rel="${ADO}/related/${name}" href="${path}/${name}" type="${ENTRY_TYPE}" title="${name}"`;
      const found = expanded.get(name);
      const target = found?.reach(row);
      if (found === undefined || target === undefined) return `<link ${attributes}/>`;
      return `<link ${attributes}><m:inline>${this.entry(target, found.plan, found.set, '')}</m:inline></link>`;
    });
    return (
      `<entry${spaces}><id>${xmlText(this.root)}/${path}</id>` +
      `<category term="StandardODATA.${set.name}" scheme="${ADO}/scheme"/><title type="text"/>` +
      `<updated>${this.updated}</updated><author/><summary/>${links.join('')}` +
      `<link rel="edit" href="${path}" title="edit link"/>` +
      `<content type="application/xml"><m:properties>${members(row, plan)}</m:properties></content></entry>`
    );
  }
}

function members(row: Row, plan: Plan): string {
  const values = plan.properties.map((property) => element(property.name, String(valueOf(row, property))));
  const shown = plan.presentations.map(({ name, of }) => element(name, of(row)));
  const collections = plan.collections.map(({ name, plan: inner }) => {
    const rows = row.rows(name).map((line) => `<d:element>${members(line, inner)}</d:element>`);
    return rows.length === 0 ? `<d:${name}/>` : `<d:${name}>${rows.join('')}</d:${name}>`;
  });
  return [...values, ...shown, ...collections].join('');
}

function element(name: string, text: string): string {
  return text === '' ? `<d:${name}/>` : `<d:${name}>${xmlText(text)}</d:${name}>`;
}
