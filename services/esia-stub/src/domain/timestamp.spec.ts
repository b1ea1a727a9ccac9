import fc from 'fast-check';
import { parseTimestamp } from './timestamp.js';

const two = (value: number) => String(value).padStart(2, '0');

describe('parseTimestamp', () => {
  it.each([
    ['2013.01.25 14:36:11 +0400', '2013-01-25T10:36:11Z'],
    ['2026.01.15 09:00:00 +0000', '2026-01-15T09:00:00Z'],
    ['2024.02.29 23:59:59 -0330', '2024-03-01T03:29:59Z'],
  ])('reads %s', (text, iso) => {
    expect(parseTimestamp(text)).toBe(Date.parse(iso));
  });

  it.each([
    '',
    '2026-01-15T09:00:00Z',
    '2026.01.15 09:00:00  0300',
    '2026.01.15 09:00:00 +03:00',
    '2026.1.15 09:00:00 +0300',
    '2026.02.30 09:00:00 +0300',
    '2026.13.01 09:00:00 +0300',
    '2026.00.01 09:00:00 +0300',
    '2026.01.15 24:00:00 +0300',
    '2026.01.15 09:60:00 +0300',
    '2026.01.15 09:00:00 +1500',
    '2026.01.15 09:00:00 +0360',
    '2026.01.15 09:00:00 MSK',
  ])('refuses "%s"', (text) => {
    expect(parseTimestamp(text)).toBeUndefined();
  });

  it('reads hour 24 as the first hour of the day only when asked to', () => {
    expect(parseTimestamp('2026.01.15 24:05:00 +0000', true)).toBe(Date.parse('2026-01-15T00:05:00Z'));
  });

  it('reads back what any zone writes', () => {
    const moment = fc.integer({ min: Date.parse('2000-01-01'), max: Date.parse('2099-01-01') });
    fc.assert(
      fc.property(moment, fc.integer({ min: -14 * 4, max: 14 * 4 }), (ms, quarters) => {
        const seconds = Math.floor(ms / 1000) * 1000;
        const local = new Date(seconds + quarters * 900_000).toISOString().slice(0, 19);
        const minutes = Math.abs(quarters) * 15;
        const zone = `${quarters < 0 ? '-' : '+'}${two(Math.trunc(minutes / 60))}${two(minutes % 60)}`;
        expect(parseTimestamp(`${local.replaceAll('-', '.').replace('T', ' ')} ${zone}`)).toBe(seconds);
      }),
    );
  });
});
