import { moscowText, sendTime, validity } from './smsc-time.codec.js';

const NOW = Date.parse('2026-01-15T09:20:00Z'); // 12:20 in Moscow

describe('sendTime', () => {
  it.each([
    ['nothing', undefined, undefined, undefined],
    ['0', '0', undefined, undefined],
    ['a moment in seconds', '01768500000', undefined, 1_768_500_000_000],
    ['minutes from now', '+15', undefined, NOW + 900_000],
    ['a date in Moscow time', '1501261530', undefined, Date.parse('2026-01-15T12:30:00Z')],
    ['a date in another zone', '1501261530', '2', Date.parse('2026-01-15T10:30:00Z')],
    ['hours that are open', '0-24', undefined, undefined],
    ['hours that open later', '15-18', undefined, Date.parse('2026-01-15T12:00:00Z')],
    ['hours that opened yesterday', '8-10', undefined, Date.parse('2026-01-16T05:00:00Z')],
    ['hours over midnight', '22-8', undefined, Date.parse('2026-01-15T19:00:00Z')],
  ])('reads %s', (_, text, tz, expected) => {
    expect(sendTime(text, tz, NOW)).toBe(expected);
  });

  it.each([
    ['tomorrow', undefined],
    ['3213991260', undefined],
    ['99-1', undefined],
    ['0', 'x'],
  ])('refuses %s with zone %s', (text, tz) => {
    expect(() => sendTime(text, tz, NOW)).toThrow('invalid-date');
  });
});

describe('validity', () => {
  it.each([
    ['00:01', 60_000],
    ['24:00', 86_400_000],
    ['2', 7_200_000],
    ['', undefined],
  ])('reads %s', (text, ms) => {
    expect(validity(text)).toBe(ms);
  });

  it.each(['00:00', '24:01', 'x'])('refuses %s', (text) => {
    expect(() => validity(text)).toThrow('parameters-error');
  });
});

it('shows dates in Moscow time', () => {
  expect(moscowText(Date.parse('2019-12-28T16:20:22Z'))).toBe('28.12.2019 19:20:22');
});
