import { RegexCostError, safeInputLength } from './regex-cost.js';

describe('safeInputLength', () => {
  it.each([
    ['^HR-Link$', 4000],
    ['код \\d{4,6}', 4000],
    ['^(?:7|8)\\d{10}$', 4000],
    ['Код.*документ', 4000],
    ['a.*b.*c', 250],
    ['[*+(|]{2}\\(\\*', 4000],
    ['(?:ab){3}', 4000],
  ])('%s may be run on %d characters', (source, length) => {
    expect(safeInputLength(source)).toBe(length);
  });

  it.each([
    '(a+)+$',
    '(a*)*b',
    '(a|a)*b',
    '(a|aa)+$',
    '([a-zA-Z]+)*$',
    '(?:a?){40}a{40}',
    `${'a?'.repeat(40)}${'a'.repeat(40)}`,
    `${'(a|a)'.repeat(40)}b`,
    '.*.*.*.*x',
    '(.*)(.*)(.*)(.*)y',
    '(a{1,900}){1,900}b',
    '(a)\\1',
    '(?<x>a)\\k<x>',
    '((a|b)c)*d',
    '(?:a{1000}){1000}',
    'a{999999}',
  ])('refuses %s', (source) => {
    expect(() => safeInputLength(source)).toThrow(RegexCostError);
  });

  it('leaves syntax to the language', () => {
    expect(() => safeInputLength('(')).toThrow(SyntaxError);
  });

  it.each(['^(?:7|8)\\d{10}$', 'a.*b.*c', 'Код.*документ', '\\d+-\\d+'])(
    '%s is quick on the longest input',
    (source) => {
      const length = safeInputLength(source);
      const startedMs = performance.now();
      for (const unit of ['a', '7', 'ab', '1-', 'Код ']) new RegExp(source).test(unit.repeat(length).slice(0, length));
      expect(performance.now() - startedMs).toBeLessThan(500);
    },
  );
});
