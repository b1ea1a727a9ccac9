import { defaultPopulation as people } from '@poligon/people';
import { documentGuid, HR_DOCUMENT_KINDS, payslip, vacationNotice, yearlyVacationDay } from './hr-document.js';
import { plainPdf } from './plain-pdf.js';

describe('documents 1C sends', () => {
  const person = people.person(4321);

  it('have a Ref_Key of their own for every kind and period', () => {
    const kinds = Object.keys(HR_DOCUMENT_KINDS) as (keyof typeof HR_DOCUMENT_KINDS)[];
    const guids = kinds.flatMap((kind) =>
      Array.from({ length: 500 }, (_, period) => documentGuid(person, kind, period)),
    );
    expect(new Set(guids).size).toBe(guids.length);
    expect(guids).not.toContain(person.employeeGuid);
  });

  it('name month and money, the first day and the days of a leave', () => {
    expect(payslip(people, person, 26 * 12)).toMatchObject({
      title: 'Расчётный листок за январь 2026',
      number: `РЛ-202601-${person.personnelNumber}`,
    });
    const day = yearlyVacationDay(person.index, 2026);
    expect(vacationNotice(person, day, 14).lines).toContain(`Отпуск с ${day.split('-').reverse().join('.')}, дней: 14`);
  });

  it.each([0, 20_000])('are PDF files of at least %i bytes whose table of objects leads to them', (bytes) => {
    const pdf = plainPdf('Расчётный (листок)', ['Начислено 1'], bytes).toString('latin1');
    expect(pdf.length).toBeGreaterThanOrEqual(bytes);
    const start = Number(/startxref\n(\d+)/.exec(pdf)![1]);
    expect(pdf.slice(start, start + 4)).toBe('xref');
    const offsets = [...pdf.slice(start).matchAll(/(\d{10}) 00000 n/g)].map(([, offset]) => Number(offset));
    offsets.forEach((offset, nth) => expect(pdf.slice(offset)).toMatch(new RegExp(`^${nth + 1} 0 obj`)));
  });
});
