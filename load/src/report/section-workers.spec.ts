import { reportModel } from '../../test/report-model.fixture.js';
import { viewOf } from './report-view.js';
import { workersSection } from './section-workers.js';

describe('workers in the report', () => {
  const model = reportModel();
  const startAt = model.record.loadStartedAt!;
  const worker = { session: 's', cpus: 2, node: 'v24', joinedAt: startAt - 5000, dropped: 0, shards: [1] };
  const workers = {
    shards: 2,
    workers: [
      { ...worker, worker: 'w1', clock: { offsetMs: -1500.25, errorMs: 0.5 }, launched: 900, writtenOff: 0 },
      {
        ...{ ...worker, worker: 'w2', clock: { offsetMs: 0, errorMs: 1 }, launched: 400, writtenOff: 17 },
        ...{ lostAt: startAt + 61_000, reason: 'silent for 6010 ms' },
      },
    ],
    events: [
      { at: startAt - 5000, kind: 'joined' as const, worker: 'w1' },
      { at: startAt + 61_000, kind: 'lost' as const, worker: 'w2', reason: 'silent for 6010 ms', writtenOff: 17 },
    ],
  };

  it('names every worker, its clock and what was written off', () => {
    const { text } = workersSection(viewOf({ ...model, workers }, 'ru'), 'ru');
    expect(text).toContain('Исполнители нагрузки');
    expect(text).toContain('потерян: silent for 6010 ms');
    expect(text).toContain('1:01 w2 потерян: silent for 6010 ms (17)');
    expect(text).toMatch(/1.?500,[23]/);
  });

  it('does not call a worker lost that was told to end and finished what it had', () => {
    const left = { ...workers.workers[1]!, reason: 'left', writtenOff: 0 };
    const events = [{ at: startAt + 60_000, kind: 'leaving' as const, worker: 'w2' }];
    const { text } = workersSection(viewOf({ ...model, workers: { shards: 2, workers: [left], events } }, 'en'), 'en');
    expect(text).toContain('left when its operations had ended');
    expect(text).toContain('1:00 w2 is leaving, hands its load over');
    expect(text).not.toContain('lost:');
    const late = { ...left, writtenOff: 3 };
    expect(
      workersSection(viewOf({ ...model, workers: { shards: 2, workers: [late], events } }, 'en'), 'en').text,
    ).toContain('lost: left');
  });

  it('is absent when one process sent the load', () => {
    expect(workersSection(viewOf(model, 'en'), 'en').text).toBe('');
  });
});
