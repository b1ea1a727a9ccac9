import { runCases } from '../run-cases.js';
import { caTarget } from './ca.target.js';

it('the authority’s readers survive a slice of hostile input', async () => {
  const result = await runCases(caTarget, { cases: 3000, seed: 20_260_115 });
  expect(result).toMatchObject({ cases: 3000, failures: [] });
}, 60_000);
