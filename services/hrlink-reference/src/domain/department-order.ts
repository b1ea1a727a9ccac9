/** What the order needs of a department item. */
export interface OrderedDepartment {
  readonly externalId: string | null;
  readonly parentExternalId: string | null;
}

/**
 * Indexes of `items` with every parent before its children, whatever order they came in (spec 2.4). Otherwise the given
 * order is kept. Items in a cycle come last: their parent is never there when they are looked at, so each fails by itself.
 */
export function parentsFirst(items: readonly OrderedDepartment[]): number[] {
  const byExternalId = new Map<string, number>();
  items.forEach((item, index) => {
    if (item.externalId !== null && !byExternalId.has(item.externalId)) byExternalId.set(item.externalId, index);
  });
  const children = new Map<number, number[]>();
  const ready: number[] = [];
  items.forEach((item, index) => {
    const parent = item.parentExternalId === null ? undefined : byExternalId.get(item.parentExternalId);
    if (parent === undefined) ready.push(index);
    else children.set(parent, [...(children.get(parent) ?? []), index]);
  });
  const order: number[] = [];
  for (let next = ready.shift(); next !== undefined; next = ready.shift()) {
    order.push(next);
    ready.push(...(children.get(next) ?? []));
  }
  const placed = new Set(order);
  items.forEach((_item, index) => {
    if (!placed.has(index)) order.push(index);
  });
  return order;
}
