import { unlikeness } from '../exchange/edit-distance.js';

/** A way to reach an operation. */
export interface OperationRoute {
  readonly operation: string;
  readonly method: string;
  /** Path pattern with `:parameters` and `*`. */
  readonly path: string;
}

/** The known operation that a call came nearest to, and what is different, line by line. */
export interface NearMiss {
  readonly operation: string;
  readonly differences: readonly string[];
}

/** Segments of a path that are looked at: a hostile path must not cost more than an honest one. */
const MAX_SEGMENTS = 16;
/** A call less alike than this was meant for something else. */
const MAX_UNLIKENESS = 0.75;

/** The nearest of `routes`, by method and path; undefined when none is near. */
export function nearestRoute(
  routes: readonly OperationRoute[],
  call: { readonly method: string; readonly url: string },
): NearMiss | undefined {
  const path = call.url.split('?', 1)[0]!;
  const asked = segmentsOf(path);
  let best: { route: OperationRoute; score: number } | undefined;
  for (const route of routes) {
    const score = pathUnlikeness(segmentsOf(route.path), asked) + (isMethod(route, call.method) ? 0 : 0.01);
    if (best === undefined || score < best.score) best = { route, score };
  }
  if (best === undefined || best.score > MAX_UNLIKENESS) return undefined;
  return {
    operation: best.route.operation,
    differences: differences(best.route, { method: call.method, path, asked }),
  };
}

function differences(
  { method, path: known }: OperationRoute,
  call: { readonly method: string; readonly path: string; readonly asked: readonly string[] },
): readonly string[] {
  const lines: string[] = [];
  if (!isMethod({ method }, call.method)) lines.push(`method: ${call.method} was called, known is ${method}`);
  const pattern = segmentsOf(known);
  for (let at = 0; at < Math.max(pattern.length, call.asked.length); at += 1) {
    const [wanted, given] = [pattern[at], call.asked[at]];
    if (wanted === '*') break;
    if (wanted === given || (wanted?.startsWith(':') === true && given !== undefined)) continue;
    if (given === undefined) lines.push(`path: segment ${at + 1} is missing, known is "${wanted}"`);
    else if (wanted === undefined)
      lines.push(`path: segment ${at + 1} is "${given.slice(0, 100)}", known path ends before it`);
    else lines.push(`path: segment ${at + 1} is "${given.slice(0, 100)}", known is "${wanted}"`);
  }
  return lines;
}

function isMethod({ method }: Pick<OperationRoute, 'method'>, called: string): boolean {
  return method === 'ALL' || method === called;
}

/** Mean unlikeness of the segments, a missing one counting as wholly unlike. */
function pathUnlikeness(pattern: readonly string[], asked: readonly string[]): number {
  const star = pattern.indexOf('*');
  const length = star >= 0 ? star : Math.max(pattern.length, asked.length);
  if (length === 0) return asked.length === 0 || star === 0 ? 0 : 1;
  let sum = 0;
  for (let at = 0; at < length; at += 1) {
    const [wanted, given] = [pattern[at], asked[at]];
    if (wanted === undefined || given === undefined) sum += 1;
    else if (!wanted.startsWith(':')) sum += unlikeness(wanted.toLowerCase(), given.toLowerCase());
  }
  return sum / length;
}

function segmentsOf(path: string): readonly string[] {
  return path
    .slice(0, 1000)
    .split('/')
    .filter((segment) => segment !== '')
    .slice(0, MAX_SEGMENTS);
}
