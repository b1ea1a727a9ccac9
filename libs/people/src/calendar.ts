/** Ages are counted back from this day, never from the clock, so that people do not change overnight. */
export const REFERENCE_DATE = '2026-01-01';

const FIRST_YEAR = 1960;
const LAST_YEAR = 2026;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const two = (value: number): string => String(value).padStart(2, '0');

const isoDates: string[] = [];
const years: number[] = [];
for (let year = FIRST_YEAR; year <= LAST_YEAR; year++) {
  // 1960 … 2026 holds no century exception: every fourth year is a leap year
  MONTH_DAYS.forEach((days, month) => {
    const length = month === 1 && year % 4 === 0 ? 29 : days;
    for (let day = 1; day <= length; day++) {
      isoDates.push(`${year}-${two(month + 1)}-${two(day)}`);
      years.push(year);
    }
  });
}

/** Day numbers count from 1960-01-01 and are known up to the end of 2026. */
export const isoDateOf = (day: number): string => isoDates[day]!;
export const yearOf = (day: number): number => years[day]!;
export const dayOf = (isoDate: string): number => isoDates.indexOf(isoDate);

export const REFERENCE_DAY = dayOf(REFERENCE_DATE);
/** Born exactly 65 years before the reference date. */
export const OLDEST_BIRTH_DAY = dayOf('1961-01-01');
/** Born exactly 18 years before the reference date. */
export const YOUNGEST_BIRTH_DAY = dayOf('2008-01-01');
