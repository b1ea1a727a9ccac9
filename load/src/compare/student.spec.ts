import { studentCumulative, studentQuantile, twoSided } from './student.js';

describe('Student distribution', () => {
  it.each([
    [1, 1, 0.75],
    [2, 10, 0.963306],
    [-1.5, 5, 0.096952],
    [0, 7, 0.5],
    [3, 38, 0.997626],
  ])('has probability below %d with %d degrees as in the tables', (t, degrees, expected) => {
    expect(studentCumulative(t, degrees)).toBeCloseTo(expected, 5);
  });

  it('gives quantiles that invert it', () => {
    expect(studentQuantile(0.975, 38)).toBeCloseTo(2.02439, 4);
    expect(twoSided(2.02439, 38)).toBeCloseTo(0.05, 4);
  });
});
