import { parrotCatalogues, trial } from '../../test/fault-trial.js';
import { ErrorFault } from './error.fault.js';

const fault = new ErrorFault(parrotCatalogues);

describe('error', () => {
  it('answers with an entry of the catalogue and its detail', () => {
    expect(trial(fault, { code: 'mute', detail: { word: 'x' } }).exchange.ending).toEqual({
      kind: 'fail',
      code: 'mute',
      detail: { word: 'x' },
    });
  });

  it('knows the entries of the service', () => {
    expect(fault.problem(fault.options.parse({ code: 'nope' }))).toMatch(
      /^code: unknown error "nope", known are parrot: tired /,
    );
    expect(fault.problem(fault.options.parse({ code: 'mute' }))).toBeUndefined();
  });
});
