import { parseRule } from './parse-rule.js';

describe('stop rules', () => {
  it.each([
    ['time(1s500ms, 30s)', { kind: 'time', limitMs: 1500, windowMs: 30_000, phase: 'hold', action: 'stop' }],
    ['quantile(95,100ms,10s)@sign-unep', { percentile: 95, limitMs: 100, operation: 'sign-unep', phase: 'hold' }],
    ['http(5xx,10%,1m)@ramp => stop', { kind: 'http', mask: '5xx', percent: 10, windowMs: 60_000, phase: 'ramp' }],
    ['net(xx,1%,5s)@hold=>mark', { kind: 'net', mask: 'xx', action: 'mark' }],
    ['total_time(2s,1m)', { kind: 'total_time' }],
    ['total_http(503,5%,1m) => fail-step', { kind: 'total_http', mask: '503', action: 'fail-step' }],
    ['rate(98%,1m)', { kind: 'rate', percent: 98 }],
    ['lag(p99,200ms,10s)', { kind: 'lag', percentile: 99, limitMs: 200 }],
    ['gencpu(80%,30s)', { kind: 'gencpu', percent: 80 }],
    ['limit(2h)', { kind: 'limit', windowMs: 7_200_000, phase: 'any' }],
  ])('reads %s', (text, rule) => expect(parseRule(text)).toMatchObject(rule));

  it.each([
    ['slow(1s)', /must look like one of time, quantile/],
    ['time(1s)', /time takes 2 arguments/],
    ['time(fast,1s)', /fast must be a time such as/],
    ['quantile(100,1s,1s)', /100 must be a percentile/],
    ['http(6xx,1%,1s)', /6xx must be a status or a mask/],
    ['http(5xx,10,1s)', /10 must be a share such as 10%/],
    ['net(tcp,1%,1s)', /tcp must be xx or an error code/],
    ['time(1s,1s)@ramp', /time never acts on a ramp/],
    ['time(1s,1s)@sign', /sign must be one of send-document/],
    ['time(1s,1s)@hold@ramp', /at most one phase/],
    ['time(1s,1s) => explode', /explode must be stop, fail-step or mark/],
    ['constructor(1s)', /must look like one of/],
  ])('refuses %s', (text, message) => expect(() => parseRule(text)).toThrow(message));
});
