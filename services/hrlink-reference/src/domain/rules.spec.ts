import fc from 'fast-check';
import { DOCUMENT_TYPES } from './dictionary-seed.js';
import { Ledger } from './ledger.js';
import {
  addAcquaintance,
  closeAcquaintance,
  dropAcquaintance,
  employeesWithout,
  type Lna,
  requireSendable,
} from './lna.js';
import { failIssue, newNqesIssue } from './nqes-issue.js';
import { digestPassword, isPassword, isStrongPassword } from './password.js';
import { ROUTE_TEMPLATES } from './route-seed.js';
import { smallPdf } from './small-pdf.js';
import { isAcceptedFormat } from './stored-file.js';

describe('ledger', () => {
  it('is balanced whatever happens, each id counted once', () => {
    const step = fc.record({
      what: fc.constantFrom('accept', 'complete', 'fail'),
      id: fc.constantFrom('a', 'b', 'c', 'd'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
        const ledger = new Ledger();
        for (const { what, id } of steps) {
          if (what === 'accept') ledger.accept('document', id, 0);
          else if (what === 'complete') ledger.complete('document', id, 5);
          else ledger.fail('document', id);
        }
        expect(ledger.balance().document.isBalanced).toBe(true);
      }),
    );
  });

  it('knows lags and the oldest pending', () => {
    const ledger = new Ledger();
    ['a', 'b', 'c'].forEach((id, at) => ledger.accept('nqes', id, at * 10));
    ledger.complete('nqes', 'a', 100);
    expect(ledger.balance().nqes).toMatchObject({
      accepted: 3,
      completed: 1,
      pending: 2,
      lagMs: { p50: 100, max: 100 },
    });
    expect(ledger.pending('nqes', 1)).toEqual([{ id: 'b', acceptedAtMs: 10 }]);
  });
});

describe('ЛНА', () => {
  const lna = (isApprovalRequired: boolean): Lna =>
    ({ state: 'DRAFT', isApprovalRequired, documentByEmployee: new Map(), pendingDocuments: 0 }) as unknown as Lna;

  it('goes to an employee once and is signed with the last document', () => {
    const one = lna(false);
    expect(employeesWithout(one, ['a', 'b', 'a'])).toEqual(['a', 'b']);
    addAcquaintance(one, 'a', 'd1');
    addAcquaintance(one, 'b', 'd2');
    expect(employeesWithout(one, ['a', 'c'])).toEqual(['c']);
    expect([closeAcquaintance(one), one.state, closeAcquaintance(one), one.state]).toEqual([
      false,
      'IN_PROGRESS',
      true,
      'SIGNED',
    ]);
  });

  it('is as before when nobody could get it', () => {
    const one = lna(false);
    addAcquaintance(one, 'a', '');
    expect([dropAcquaintance(one, 'a'), one.state]).toEqual([true, 'DRAFT']);
    expect(employeesWithout(one, ['a'])).toEqual(['a']);
  });

  it('is not sent before approval', () => {
    expect(() => requireSendable(lna(true))).toThrow('wrongState');
    expect(() => requireSendable({ ...lna(true), state: 'APPROVED' })).not.toThrow();
  });
});

describe('УНЭП issue', () => {
  it.each([
    ['STOP_LIST', 'STOP_LIST'],
    ['SNILS_INN_ERROR', 'SNILS_INN_ERROR'],
    ['DECLINED_BY_EMPLOYEE', 'DECLINED'],
    ['GOSUSLUGI_TIMEOUT', 'EXPIRED'],
    ['SOMETHING_NEW', 'DATA_ERROR'],
  ])('turns the reason %s into the state %s, once', (code, state) => {
    const rules = { length: 4, ttlMs: 1, attempts: 1, resendAfterMs: 1 };
    const issue = newNqesIssue(
      { id: 'i', clientUserId: 'u', caStyle: 'astral', identificationType: 'ONSITE', codeChannel: 'SMS', rules },
      0,
    );
    failIssue(issue, code, 'text');
    failIssue(issue, 'STOP_LIST', 'later');
    expect(issue).toMatchObject({ state, errorMessage: 'text' });
  });
});

describe('small rules', () => {
  it.each([
    ['Abcdef1!', true],
    ['abcdef1!', false],
    ['Abcdefg!', false],
    ['Abcdefg1', false],
    ['Ab1!', false],
    ['Пароль-77', true],
  ])('password %s is strong: %s', (password, isStrong) => {
    expect(isStrongPassword(password)).toBe(isStrong);
  });

  it('recognises its own password digest only', () => {
    const digest = digestPassword('Secret-12', 'salt');
    expect([isPassword('Secret-12', digest), isPassword('secret-12', digest)]).toEqual([true, false]);
  });

  it.each([
    ['a.pdf', true],
    ['A.DOCX', true],
    ['x.jpeg', true],
    ['x.pdf.exe', false],
    ['pdf', false],
  ])('file %s is accepted: %s', (name, isAccepted) => {
    expect(isAcceptedFormat(name)).toBe(isAccepted);
  });

  it('writes a PDF whose cross-reference table points at its objects', () => {
    const text = smallPdf('t', ['line (1)', 'Кириллица']).toString('latin1');
    const start = Number(/startxref\n(\d+)/.exec(text)?.[1]);
    expect(text.slice(start, start + 4)).toBe('xref');
    const offsets = [...text.matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) => Number(offset));
    offsets.forEach((offset, index) => expect(text.slice(offset)).toMatch(new RegExp(`^${index + 1} 0 obj`)));
    expect(text).toContain('(line \\(1\\)) Tj');
  });

  it('has dictionaries with ids that never change and are unique', () => {
    expect(DOCUMENT_TYPES[0]?.id).toBe('ebe4e168-daf0-5675-8265-3e49b5f9a367');
    const ids = ROUTE_TEMPLATES.flatMap(({ id, stages }) => [
      id,
      ...stages.flatMap((s) => [s.id, ...s.participants.map((p) => p.id)]),
    ]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
