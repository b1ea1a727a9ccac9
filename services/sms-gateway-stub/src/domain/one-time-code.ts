const KEYWORD = /код|code|парол|otp|kod|pin/giu;
/** A run of 4-8 digits, or two groups of three joined by a dash or a space, not glued to other digits, letters, dots or slashes. */
const CANDIDATE = /(?<![\p{L}\d/.,:-])-?(\d{3}[- ]\d{3}|\d{4,8})(?![\p{L}\d/]|[.,:-]\d|[- ]\d{3}(?!\d))/gu;
/** Words before a number that make it a document's, an amount's or a phone's. */
const NOT_A_CODE =
  /(?:(?:№|\bN|\+7|тел\.?)\s*:?|(?:договор|документ|приказ|заявлени|счет|счёт|заказ)\p{L}*(?:\s*№\s*:?)?)\s*$/iu;
const AMOUNT_AFTER = /^\s*(?:руб|р\.|₽|rub)/iu;
/** How far from a keyword a code may stand, characters. */
const REACH = 160;

/**
 * Finds the one-time code in a message: the digits nearest after a word such as «код», never a document number, a date, a sum or a phone.
 * @returns the digits without separators, or undefined
 */
export function oneTimeCodeIn(text: string): string | undefined {
  const keywords = [...text.matchAll(KEYWORD)].map((match) => match.index);
  if (keywords.length === 0) return undefined;
  const candidates = [...text.matchAll(CANDIDATE)]
    .filter((match) => isCode(text, match))
    .map((match) => ({ digits: match[1]!.replace(/\D/g, ''), distance: distance(match.index, keywords) }))
    .filter((candidate) => candidate.distance <= REACH);
  return candidates.sort((left, right) => left.distance - right.distance)[0]?.digits;
}

function isCode(text: string, match: RegExpExecArray): boolean {
  const before = text.slice(Math.max(0, match.index - 40), match.index);
  return !NOT_A_CODE.test(before) && !AMOUNT_AFTER.test(text.slice(match.index + match[0].length));
}

/** Characters from the closest keyword; a number before its keyword counts as farther away than one after it. */
function distance(at: number, keywords: readonly number[]): number {
  return Math.min(...keywords.map((keyword) => (keyword <= at ? at - keyword : (keyword - at) * 2)));
}

/** Web links in a message, in order. */
export function linksIn(text: string): readonly string[] {
  return text.match(/https?:\/\/[^\s<>"»]+[^\s<>"».,;:!?)]/gu) ?? [];
}
