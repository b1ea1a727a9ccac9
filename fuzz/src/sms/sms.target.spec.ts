import { runCases } from '../run-cases.js';
import { smsTarget } from './sms.target.js';

it('the SMS gateway survives a slice of hostile input', async () => {
  const result = await runCases(smsTarget, { cases: 3000, seed: 20_260_115 });
  expect(result).toMatchObject({ cases: 3000, failures: [] });
}, 60_000);
