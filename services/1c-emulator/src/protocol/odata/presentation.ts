import type { EntitySet, Shape } from '../../domain/edm.js';
import { EMPTY_MOMENT, type Row } from '../../domain/row.js';
import { followed, valueOf, type PathContext } from './filter-path.js';

/** Four underscores between a field and the word (1c.md 2.1, `$select`). */
export const PRESENTATION = '____Presentation';

/** What 1C shows for an object: its name, or kind, number and date of a document. */
export function presentationOf(set: EntitySet, row: Row): string {
  if (set.kind !== 'Document') return String(row.get('Description') ?? row.get('Code') ?? '');
  const title = set.name.slice('Document_'.length).replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ');
  return `${title} ${String(row.get('Number') ?? '')} от ${shownMoment(String(row.get('Date') ?? EMPTY_MOMENT))}`;
}

/** What 1C shows for one field of an object; undefined when there is no such field. */
export function fieldPresentation(
  shape: Shape,
  field: string,
  context: PathContext,
): ((row: Row) => string) | undefined {
  const navigation = shape.navigations.get(field);
  if (navigation !== undefined) {
    const ways = navigation.targets.flatMap((target) => {
      const set = context.configuration.set(target);
      return set === undefined ? [] : [{ set, reach: followed(navigation, set.name, context.resolve) }];
    });
    return (row) => {
      for (const { set, reach } of ways) {
        const found = reach(row);
        if (found !== undefined) return presentationOf(set, found);
      }
      return '';
    };
  }
  const property = shape.properties.get(field);
  if (property === undefined || property.type === 'Edm.Binary') return undefined;
  return (row) => {
    const value = valueOf(row, property);
    if (property.type === 'Edm.DateTime') return shownMoment(String(value));
    return typeof value === 'boolean' ? (value ? 'Да' : 'Нет') : String(value);
  };
}

function shownMoment(moment: string): string {
  if (moment === EMPTY_MOMENT) return '';
  const [date, time] = moment.split('T') as [string, string];
  const [year, month, day] = date.split('-');
  return `${day}.${month}.${year} ${time.replace(/^0(?=\d:)/, '')}`;
}
