import { runCases } from '../run-cases.js';
import { esiaTarget } from './esia.target.js';

it('ESIA survives a slice of hostile input and accepts no wrong signature', async () => {
  const result = await runCases(esiaTarget, { cases: 2000, seed: 20_260_115 });
  expect(result).toMatchObject({ cases: 2000, failures: [] });
}, 60_000);
