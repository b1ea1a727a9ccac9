import type { CaMetrics } from './ca-metrics.js';
import { HsmSlots } from './hsm-slots.js';

const readings = new Map<string, () => number>();
const metrics = { watch: (what: string, read: () => number) => readings.set(what, read) } as unknown as CaMetrics;
const slots = () => new HsmSlots(metrics, { hsmSlots: 1, hsmSlotsOf: { dss: 1, 'ООО Ромашка': 2 }, signQueue: 1 });
const shared = { profile: 'astral', tenant: 'default' } as const;
const dss = { profile: 'dss', tenant: 'user' } as const;
const own = { profile: 'dss', tenant: 'ООО Ромашка' } as const;

/** Work that ends when it is told to. */
function held() {
  let end!: () => void;
  const done = new Promise<void>((resolve) => (end = resolve));
  return { end, work: () => done };
}

describe('slots of the HSM', () => {
  it('a tenant with slots of its own is not held up by others, nor holds them up', async () => {
    const hsm = slots();
    const [first, second, third] = [held(), held(), held()];
    void hsm.run(shared, first.work);
    void hsm.run(dss, second.work);
    void hsm.run(own, third.work);
    expect(readings.get('hsm_slots_busy')!()).toBe(3);
    const fourth = hsm.run(own, () => Promise.resolve('at once'));
    expect(await fourth).toBe('at once');
    first.end();
    expect(await hsm.run(shared, () => Promise.resolve('after the first'))).toBe('after the first');
    second.end();
    third.end();
  });

  it('beyond slots and queue work is refused', async () => {
    const hsm = slots();
    const busy = held();
    void hsm.run(shared, busy.work);
    const waits = hsm.run(shared, () => Promise.resolve('waited'));
    expect([hsm.hasRoom(shared), hsm.hasRoom(dss), readings.get('sign_queue_depth')!()]).toEqual([false, true, 1]);
    await expect(hsm.run(shared, () => Promise.resolve())).rejects.toMatchObject({ code: 'overloaded' });
    busy.end();
    expect(await waits).toBe('waited');
  });

  it('a failure frees the slot and reaches the caller', async () => {
    const hsm = slots();
    await expect(hsm.run(shared, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await hsm.run(shared, () => Promise.resolve(1))).toBe(1);
  });

  it('a reset refuses what waits and leaves what is under way', async () => {
    const hsm = slots();
    const busy = held();
    const first = hsm.run(shared, busy.work);
    const second = hsm.run(shared, () => Promise.resolve());
    hsm.reset();
    await expect(second).rejects.toMatchObject({ code: 'overloaded' });
    busy.end();
    expect(await first).toBeUndefined();
  });
});
