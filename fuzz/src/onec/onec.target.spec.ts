import { runCases } from '../run-cases.js';
import { oneCTarget } from './onec.target.js';

it('the 1C publication survives a slice of hostile input', async () => {
  const result = await runCases(oneCTarget, { cases: 800, seed: 20_260_115 });
  expect(result).toMatchObject({ cases: 800, failures: [] });
}, 60_000);
