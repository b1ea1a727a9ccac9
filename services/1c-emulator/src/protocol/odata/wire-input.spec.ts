import { ProtocolError } from '@poligon/emulator-kit';
import fc from 'fast-check';
import { zupConfiguration } from '../../domain/configuration.js';
import { StoredRow } from '../../domain/row.js';
import { readAddress } from './address.js';
import { assigned } from './assignment.js';
import { readBody, type SentObject } from './body-reader.js';
import { depthOf } from '../xml/xml-tree.js';
import { likePattern } from './like-pattern.js';
import { addToMoment, momentDifference } from './moment-arithmetic.js';
import { queryOptions } from './query-options.js';
import { readPlan } from './selection.js';

const configuration = zupConfiguration();
const set = configuration.set('Document_Отпуск')!;
const context = { configuration, resolve: () => undefined, unknown: () => new ProtocolError('bad-filter') };
const ROOT = '/zup/odata/standard.odata/';

/** Runs what may refuse; anything but a refusal in the interface's own terms fails the test. */
const refusalOf = (action: () => unknown): string => {
  try {
    action();
    return 'none';
  } catch (failure) {
    if (failure instanceof ProtocolError) return failure.code;
    throw failure;
  }
};

const pathPart = fc.constantFrom(
  'Document_Отпуск',
  '(',
  ')',
  "guid'",
  "'",
  '/',
  '$count',
  'SliceLast',
  'Ref_Key=',
  ',',
  '%',
  '%D0',
  '..',
);
const anyPath = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(pathPart, { maxLength: 12 }).map((parts) => parts.join('')),
);

describe('input from the wire', () => {
  it('reads any path and any options, or refuses them as the interface does', () => {
    fc.assert(
      fc.property(anyPath, (path) => {
        expect(refusalOf(() => readAddress(ROOT + path, configuration))).toMatch(/^[a-z-]+$/);
        expect(refusalOf(() => queryOptions(`${ROOT}?${path}`))).toBe('none');
        const texts = { select: path, expand: path };
        expect(refusalOf(() => readPlan(set, texts, context))).toMatch(
          /^(none|segment-not-found|extra-segments|bad-format)$/,
        );
      }),
      { numRuns: 300 },
    );
  });

  it('takes over any JSON object, or refuses it as the interface does', () => {
    const name = fc.constantFrom(
      'Ref_Key',
      'Date',
      'Posted',
      'Number',
      'Начислено',
      'НДФЛ',
      '__proto__',
      'Сотрудник@odata.bind',
      'x',
    );
    fc.assert(
      fc.property(fc.dictionary(name, fc.jsonValue()), (sent) => {
        expect(refusalOf(() => new StoredRow(assigned(set, sent as SentObject)))).toMatch(/^[a-z-]+$/);
      }),
      { numRuns: 300 },
    );
  });

  it('reads any bytes as an Atom entry, or refuses them', () => {
    const part = fc.constantFrom(
      '<entry>',
      '</entry>',
      '<content>',
      '<m:properties>',
      '<d:X>',
      '</d:X>',
      '<',
      '>',
      '&',
      '<!',
      ']]>',
      'a',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(part, { maxLength: 20 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (body) => {
        expect(refusalOf(() => readBody(Buffer.from(body)))).toMatch(/^(none|invalid-xml|invalid-json)$/);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['many beginnings and one end', '<'.repeat(1_000_000) + '>'],
    ['depth', '<a>'.repeat(300_000)],
  ])('measures %s in one pass', (_, text) => {
    const startedMs = performance.now();
    expect(depthOf(text).deepest).toBeGreaterThan(0);
    expect(performance.now() - startedMs).toBeLessThan(1000);
  });

  it('refuses XML with a DTD, deep XML and XML without properties', () => {
    const entry = (inner: string) => Buffer.from(`<entry><content><properties>${inner}</properties></content></entry>`);
    expect(readBody(entry('<X>1</X><Y/>'))).toEqual({ X: '1', Y: '' });
    expect(refusalOf(() => readBody(Buffer.from('<!DOCTYPE a><entry/>')))).toBe('invalid-xml');
    expect(refusalOf(() => readBody(entry('<a>'.repeat(50) + '</a>'.repeat(50))))).toBe('invalid-xml');
    expect(refusalOf(() => readBody(Buffer.from('<entry/>')))).toBe('invalid-xml');
  });

  it.each([
    ['Иванов', 'и%', true],
    ['Иванов', '_ванов', true],
    ['Иванов', '[^и]%', false],
    ['Иванов', '%[бв]_[н-]%', true],
    ['', '%', true],
    ['а', '', false],
  ])('like(%j, %j) is %s', (text, pattern, expected) => {
    expect(likePattern(pattern)(text)).toBe(expected);
  });

  it('adds months without leaving the month that is meant, and counts back', () => {
    expect(addToMoment('2024-01-31T00:00:00', 'month', 1)).toBe('2024-02-29T00:00:00');
    expect(addToMoment('2024-02-29T00:00:00', 'year', 1)).toBe('2025-02-28T00:00:00');
    expect(addToMoment('2024-02-29T00:00:00', 'century', 1)).toBeUndefined();
    expect(momentDifference('2024-01-31T23:59:59', '2024-02-01T00:00:00', 'month')).toBe(1);
    fc.assert(
      fc.property(fc.integer({ min: -5000, max: 5000 }), (days) => {
        const moved = addToMoment('2026-01-15T09:30:00', 'day', days)!;
        expect(momentDifference('2026-01-15T09:30:00', moved, 'day')).toBe(days);
      }),
    );
  });
});
