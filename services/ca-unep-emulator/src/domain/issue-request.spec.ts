import { isFinal, moved, type IssueRequest, type IssueState } from './issue-request.js';

const inState = (state: IssueState): IssueRequest => ({
  ...{ id: 'r', profile: 'astral', tenant: 'default', state, isHeld: false, hints: {}, subject: undefined },
  applicant: { lastName: 'А', firstName: 'Б', snils: '1', inn: '2', identification: 'ONSITE' },
  ...{ createdAtMs: 1, updatedAtMs: 1 },
});

describe('the states of an issue request', () => {
  it.each([
    [['CREATED', 'CODE_SENT', 'CODE_SENT', 'ACCEPTED', 'CHECKING', 'ISSUING', 'ISSUED', 'ACTIVE']],
    [['ACCEPTED', 'CHECKING', 'AWAITING_GOSUSLUGI', 'ISSUING', 'ISSUED', 'CANCELLED']],
    [['ACCEPTED', 'CHECKING', 'REJECTED']],
    [['ACCEPTED', 'CHECKING', 'AWAITING_GOSUSLUGI', 'EXPIRED']],
  ] as [IssueState[]][])('lead along %j', ([first, ...rest]) => {
    const end = rest.reduce((request, state) => moved(request, state, 2), inState(first!));
    expect(end).toMatchObject({ state: rest.at(-1), updatedAtMs: 2, createdAtMs: 1 });
    expect(isFinal(end)).toBe(true);
  });

  it.each([
    ['CREATED', 'ACCEPTED'],
    ['ACCEPTED', 'ISSUED'],
    ['ISSUED', 'ISSUING'],
    ['ACTIVE', 'CANCELLED'],
    ['REJECTED', 'CHECKING'],
    ['CHECKING', 'EXPIRED'],
  ] as [IssueState, IssueState][])('do not lead from %s to %s', (from, to) => {
    expect(() => moved(inState(from), to, 2)).toThrow(`заявка в состоянии ${from}, переход в ${to} невозможен`);
  });
});
