import { stopTelemetry } from '@poligon/emulator-kit';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OneCStand } from './one-c.js';

describe('a run of a job as a traced transaction', () => {
  let collector: Server;
  let exported = 0;
  let stand: OneCStand;

  beforeAll(async () => {
    collector = createServer((request, response) => {
      exported += 1;
      request.resume().on('end', () => response.end());
    });
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
    // the SDK reads its own variables from the process
    process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = endpoint;
    stand = await OneCStand.start({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint });
  });
  afterAll(async () => {
    await stand.stop();
    delete process.env['OTEL_EXPORTER_OTLP_ENDPOINT'];
    await new Promise((resolve) => collector.close(resolve));
  });

  it('sends one trace to HRLink in all its calls, each from a span of its own, and another in the next run', async () => {
    const traceOfRun = async () => {
      stand.portal.calls.length = 0;
      await stand.run('update-employees');
      const contexts = stand.portal.calls.map(({ headers }) => String(headers['traceparent']).split('-'));
      expect(new Set(contexts.map(([, , span]) => span)).size).toBe(stand.portal.calls.length);
      const traces = new Set(contexts.map(([, trace]) => trace));
      expect(traces.size).toBe(1);
      return [...traces][0];
    };
    const first = await traceOfRun();
    const second = await traceOfRun();
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    expect(second).not.toBe(first);
    const { body } = await stand.admin('GET', '/journal?operation=onec.job.*');
    expect(body.entries.map(({ traceId }: { traceId: string }) => traceId)).toEqual([first, second]);
    await stopTelemetry();
    expect(exported).toBeGreaterThan(0);
  });
});
