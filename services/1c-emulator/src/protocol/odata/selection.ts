import type { EntitySet, Navigation, Property, Shape } from '../../domain/edm.js';
import type { Row } from '../../domain/row.js';
import { followed, type PathContext } from './filter-path.js';
import { odataFailure } from './odata-failure.js';
import { fieldPresentation, PRESENTATION, presentationOf } from './presentation.js';

/** What of a row is written, in order. */
export interface Plan {
  readonly properties: readonly Property[];
  readonly presentations: readonly { readonly name: string; readonly of: (row: Row) => string }[];
  readonly collections: readonly { readonly name: string; readonly plan: Plan }[];
  readonly links: readonly Navigation[];
  readonly expanded: readonly Expanded[];
}

export interface Expanded {
  readonly name: string;
  readonly set: EntitySet;
  readonly plan: Plan;
  readonly reach: (row: Row) => Row | undefined;
}

/** Names that go on below a name: a tree of paths. */
type Tree = Map<string, Tree>;

const NOTHING: Tree = new Map();

const MAX_EXPAND_DEPTH = 4;
const MAX_PATHS = 500;
const ALL = ['*', '**'];

/** Reads `$select` and `$expand`. @throws ProtocolError code 6 for a name that does not exist */
export function readPlan(
  set: EntitySet,
  { select, expand }: { readonly select: string | undefined; readonly expand: string | undefined },
  context: PathContext,
): Plan {
  const expansion = treeOf(expand, MAX_EXPAND_DEPTH * 2);
  if (expansion.delete('*'))
    for (const { name, targets } of set.navigations.values()) {
      if (targets.length === 1 && !expansion.has(name)) expansion.set(name, new Map());
    }
  const selected = select === undefined ? undefined : treeOf(select, MAX_EXPAND_DEPTH * 2);
  return planOf(set, selected, expansion, context);
}

function treeOf(text: string | undefined, maxDepth: number): Tree {
  const tree: Tree = new Map();
  if (text === undefined || text.trim() === '') return tree;
  const paths = text.split(',', MAX_PATHS + 1);
  if (paths.length > MAX_PATHS) throw odataFailure('bad-format');
  for (const path of paths) {
    let branch = tree;
    const names = path.trim().split('/');
    if (names.length > maxDepth) throw odataFailure('extra-segments');
    for (const name of names) {
      const next = branch.get(name) ?? (new Map() as Tree);
      branch.set(name, next);
      branch = next;
    }
  }
  return tree;
}

function planOf(shape: Shape, selected: Tree | undefined, expansion: Tree, context: PathContext): Plan {
  const isWhole = selected === undefined || selected.has('*');
  const isBare = selected?.has('**') === true;
  const named = (name: string): boolean => isWhole || selected.has(name);
  if (selected !== undefined) requireNames(shape, selected);
  const properties = [...shape.properties.values()].filter(({ name }) => isBare || named(name));
  const collections = [...shape.collections]
    .filter(([name]) => named(name))
    .map(([name, rows]) => ({ name, plan: planOf(rows, inner(selected, name), new Map(), context) }));
  const links = [...shape.navigations.values()].filter(({ name }) => isBare || named(name));
  const expanded = [...expansion].flatMap(([name, rest]) => {
    if (!shape.navigations.has(name)) throw odataFailure('segment-not-found', name);
    // with $select a reference is expanded only when a path of $select goes through it
    if (!(isWhole || isBare) && !selected.has(name)) return [];
    return [expandedOf(shape.navigations.get(name)!, inner(selected, name), rest, context)];
  });
  return { properties, presentations: presentations(shape, selected, context), collections, links, expanded };
}

/** What is selected below a name; all of it when the name stands alone. */
function inner(selected: Tree | undefined, name: string): Tree | undefined {
  const below = selected?.get(name);
  return below === undefined || below.size === 0 ? undefined : below;
}

function expandedOf(navigation: Navigation, selected: Tree | undefined, rest: Tree, context: PathContext): Expanded {
  const isComposite = navigation.targets.length > 1;
  const [target, below]: readonly [string?, Tree?] = isComposite ? ([...rest][0] ?? []) : [navigation.targets[0], rest];
  const set = target === undefined ? undefined : context.configuration.set(target);
  if (set === undefined || !navigation.targets.includes(set.name)) {
    throw odataFailure('segment-not-found', target ?? navigation.name);
  }
  const own = isComposite ? inner(selected, set.name) : selected;
  return {
    name: navigation.name,
    set,
    plan: planOf(set, own, below ?? NOTHING, context),
    reach: followed(navigation, set.name, context.resolve),
  };
}

function requireNames(shape: Shape, selected: Tree): void {
  for (const name of selected.keys()) {
    const isKnown =
      ALL.includes(name) ||
      name === 'Presentation' ||
      name.endsWith(PRESENTATION) ||
      shape.properties.has(name) ||
      shape.navigations.has(name) ||
      shape.collections.has(name);
    if (!isKnown) throw odataFailure('segment-not-found', name);
  }
}

function presentations(shape: Shape, selected: Tree | undefined, context: PathContext): Plan['presentations'] {
  if (selected === undefined) return [];
  const fields = [...selected.keys()]
    .filter((name) => name.endsWith(PRESENTATION))
    .flatMap((name) =>
      name === `*${PRESENTATION}` ? [...shape.navigations.keys()] : [name.slice(0, -PRESENTATION.length)],
    );
  const shown = fields.map((field) => {
    const of = fieldPresentation(shape, field, context);
    if (of === undefined) throw odataFailure('segment-not-found', `${field}${PRESENTATION}`);
    return { name: `${field}${PRESENTATION}`, of };
  });
  if (!selected.has('Presentation')) return shown;
  const set = context.configuration.set(shape.name);
  return set === undefined ? shown : [...shown, { name: 'Presentation', of: (row) => presentationOf(set, row) }];
}
