import { Clock, type RunningEmulator } from '@poligon/emulator-kit';
import { FakeClock, startEmulator } from '@poligon/testing';
import { request } from 'undici';
import { oneCEmulator } from '../src/app.module.js';
import { FakePortal, TOKEN } from './fake-portal.js';

/** A 1C emulator beside a made-up portal, its clock standing still until a test moves it. */
export class OneCStand {
  private constructor(
    readonly portal: FakePortal,
    readonly emulator: RunningEmulator,
    readonly clock: FakeClock,
  ) {}

  /** Runs only by hand unless `environment` says otherwise. */
  static async start(environment: Record<string, string> = {}): Promise<OneCStand> {
    const portal = await FakePortal.start();
    const clock = new FakeClock();
    portal.nowMs = () => clock.monotonicMs();
    const settings = {
      ONEC_HRLINK_URL: portal.url,
      ONEC_HRLINK_TOKEN: TOKEN,
      ONEC_SCHEDULE_PROFILE: 'manual',
      ONEC_EMPLOYEES: '30',
      ONEC_EXPORT_ALL: 'true',
      ...environment,
    };
    try {
      const emulator = await startEmulator(oneCEmulator, settings, [{ provide: Clock, useValue: clock }]);
      return new OneCStand(portal, emulator, clock);
    } catch (failure) {
      await portal.stop();
      throw failure;
    }
  }

  async stop(): Promise<void> {
    await this.emulator.close();
    await this.portal.stop();
  }

  async admin(method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, body?: unknown) {
    const reply = await request(`${this.emulator.adminUrl}/__admin${path}`, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await reply.body.text();
    return { status: reply.statusCode, body: text === '' ? undefined : JSON.parse(text) };
  }

  job(name: string) {
    return this.admin('GET', `/jobs/${name}`).then(({ body }) => body);
  }

  /** Starts a job by hand and moves time until it has ended; the run with its calls and failures. */
  async run(name: string) {
    const { status, body } = await this.admin('POST', `/jobs/${name}/run`);
    expect(status).toBe(202);
    return this.ended(name, body.runId);
  }

  /** Moves time until a run has ended. */
  async ended(name: string, runId: string) {
    for (let turn = 0; turn < 5000; turn += 1) {
      const { body } = await this.admin('GET', `/jobs/${name}/runs/${runId}`);
      if (body.outcome !== null && (await this.job(name)).state !== 'running') return body;
      await this.clock.advance(500);
    }
    throw new Error(`run ${runId} of ${name} does not end`);
  }
}
