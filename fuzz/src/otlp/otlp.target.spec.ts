import { runCases } from '../run-cases.js';
import { otlpTarget } from './otlp.target.js';

it('the trace receiver survives a slice of hostile input and loses nothing of what was good', async () => {
  const result = await runCases(otlpTarget, { cases: 3000, seed: 20_261_122 });
  expect(result).toMatchObject({ cases: 3000, failures: [] });
}, 60_000);
