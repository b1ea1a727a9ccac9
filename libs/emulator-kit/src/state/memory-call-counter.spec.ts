import { describeCallCounter } from '../../test/call-counter-contract.js';
import { MemoryCallCounter } from './memory-call-counter.js';

describeCallCounter('memory', async () => new MemoryCallCounter());

it('forgets the oldest callers of a scope rather than grow without bound', () => {
  const counter = new MemoryCallCounter();
  for (let at = 0; at <= 200_000; at += 1) counter.next('rule', `person:${at}`);
  expect(counter.next('rule', 'person:200000')).toBe(1);
  expect(counter.next('rule', 'person:0')).toBe(0);
});
