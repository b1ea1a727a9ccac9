import fc from 'fast-check';
import { operationPattern, specificity } from './operation-pattern.js';

describe('operationPattern', () => {
  it.each([
    ['smsc.send', 'smsc.send', true],
    ['smsc.send', 'smsc.sends', false],
    ['*', 'anything', true],
    ['smsc.*', 'smsc.status', true],
    ['smsc.*', 'smpp.status', false],
    ['*.send', 'smsc.send', true],
    ['a*b*a', 'aba', true],
    ['ab*ba', 'aba', false],
    ['*n*n*', 'banana', true],
    ['*n*n*n*', 'banana', false],
    ['a.c', 'abc', false],
  ])('%s on %s gives %s', (pattern, operation, expected) => {
    expect(operationPattern(pattern)(operation)).toBe(expected);
  });

  it('agrees with the regular expression it stands for', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
    const operations = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 });
    fc.assert(
      fc.property(text, operations, (pattern, operation) => {
        const expression = new RegExp(`^${pattern.replaceAll('*', '.*')}$`);
        return operationPattern(pattern)(operation) === expression.test(operation);
      }),
    );
  });

  it('stays fast on a pattern of a hundred stars', () => {
    const covers = operationPattern(`${'*a'.repeat(100)}x`);
    const startedMs = performance.now();
    covers('a'.repeat(200));
    expect(performance.now() - startedMs).toBeLessThan(2000);
  });

  it('ranks literal names above patterns and long patterns above short ones', () => {
    expect(specificity('a.b')).toBeGreaterThan(specificity('a.bbbbb*'));
    expect(specificity('a.b*')).toBeGreaterThan(specificity('a*'));
  });
});
