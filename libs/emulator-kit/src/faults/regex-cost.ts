/** Steps one match may take at most: a tenth of a second or so. */
const MAX_STEPS = 1e8;
/** Longest inputs a condition's expression may be run on, longest first; the costlier the expression, the shorter the input. */
const INPUT_LENGTHS = [4000, 1000, 250] as const;
/** The engine unrolls counted repetitions: their product bounds the size of the compiled expression. */
const MAX_UNROLLED = 10_000;
/** A bounded repetition wider than this counts as an endless one. */
const WIDE_REPETITION = 20;

/** A regular expression that could hold up the process; the message is one line for the engineer. */
export class RegexCostError extends Error {
  override readonly name = 'RegexCostError';
}

/**
 * Longest input on which the expression is certain to finish within the step limit. Backtracking multiplies over everything that can be
 * matched in more than one way, so repeated groups must not contain such a choice, and the rest is bounded by its product.
 * @throws RegexCostError when there is no such input, SyntaxError when `source` is no regular expression
 */
export function safeInputLength(source: string): number {
  new RegExp(source);
  const { endless, ways } = shapeOf(source);
  const found = INPUT_LENGTHS.find((length) => length ** (endless + 1) * ways <= MAX_STEPS);
  if (found !== undefined) return found;
  throw new RegexCostError('too many repetitions or alternatives, it could backtrack for ever');
}

const TOKEN =
  /\\(?:k<|[1-9])|\\.|\[(?:\\.|[^\]\\])*\]|\(\?(?:[:=!]|<[=!]|<[^>]*>)|[*+?]\??|\{\d+(?:,\d*)?\}\??|[()|]|[^]/gu;

function shapeOf(source: string): Shape {
  const shape = new Shape();
  for (const [token] of source.matchAll(TOKEN)) shape.add(token);
  return shape.end();
}

interface Group {
  hasChoice: boolean;
  alternatives: number;
}

/** What repeats in an expression, counted without running it. */
class Shape {
  /** Endless repetitions one after another: each multiplies the steps by the input's length. */
  endless = 0;
  /** Ways that optional parts and alternatives multiply to. */
  ways = 1;
  private unrolled = 1;
  private readonly groups: Group[] = [{ hasChoice: false, alternatives: 1 }];
  private closed: Group | undefined;

  add(token: string): void {
    if (/^\\(?:k<|[1-9])/.test(token)) throw new RegexCostError('back references are not allowed');
    const { closed } = this;
    this.closed = undefined;
    if (token.startsWith('(')) this.groups.push({ hasChoice: false, alternatives: 1 });
    else if (token === '|') this.innermost.alternatives += 1;
    else if (token === ')') this.close();
    else if (/^(?:[*+?]|\{\d)/.test(token)) this.quantify(token, closed);
  }

  end(): this {
    if (this.unrolled > MAX_UNROLLED) throw new RegexCostError('counted repetitions are too large');
    this.ways *= this.innermost.alternatives;
    return this;
  }

  private get innermost(): Group {
    return this.groups.at(-1)!;
  }

  /** A group passes its choices on to the group around it. */
  private close(): void {
    const closed = this.groups.pop()!;
    closed.hasChoice ||= closed.alternatives > 1;
    this.innermost.hasChoice ||= closed.hasChoice;
    this.ways *= closed.alternatives;
    this.closed = closed;
  }

  private quantify(token: string, closed: Group | undefined): void {
    const { spread, isRepeating, count } = repetition(token);
    if (isRepeating && closed?.hasChoice === true) {
      throw new RegexCostError('a repeated group must not contain repetitions or alternatives');
    }
    this.unrolled *= count;
    if (spread > WIDE_REPETITION) this.endless += 1;
    else this.ways *= spread;
    this.innermost.hasChoice ||= spread > 1;
  }
}

/** How many lengths a quantifier allows, whether it can take its atom more than once, how often its count unrolls it. */
function repetition(token: string): { spread: number; isRepeating: boolean; count: number } {
  if (token.startsWith('?')) return { spread: 2, isRepeating: false, count: 1 };
  if (!token.startsWith('{')) return { spread: Infinity, isRepeating: true, count: 1 };
  const [, from, comma, to] = /^\{(\d+)(,?)(\d*)\}/.exec(token)!;
  const most = to === '' ? (comma === ',' ? Infinity : Number(from)) : Number(to);
  const count = Math.max(1, Number(from), Number.isFinite(most) ? most : 1);
  return { spread: most - Number(from) + 1, isRepeating: most > 1, count };
}
