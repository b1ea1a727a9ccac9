import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readExternal } from '../src/external/external-metrics.js';
import { reportModel } from './report-model.fixture.js';

const ANSWERS: Record<string, [number, string]> = {
  scalar: [200, '{"data":{"resultType":"scalar","result":[1,"5"]}}'],
  vector: [200, '{"data":{"resultType":"vector","result":[{"value":[1,"5"]},{"value":[1,"9"]}]}}'],
  empty: [200, '{"data":{"resultType":"vector","result":[]}}'],
  matrix: [200, '{"data":{"resultType":"matrix","result":[]}}'],
  broken: [200, '<html>'],
  down: [503, ''],
};

describe('thresholds on external metrics', () => {
  const { holds } = reportModel();
  const server = createServer((incoming, response) => {
    const { searchParams } = new URL(incoming.url!, 'http://x');
    const [status, text] = ANSWERS[searchParams.get('query')!]!;
    response.writeHead(status).end(Number(searchParams.get('time')) > 0 ? text : '');
  });
  let prometheus = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    prometheus = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it.each([
    ['scalar', { max: 5 }, { value: 5, passed: true }],
    ['vector', { max: 8 }, { value: 9, passed: false }],
    ['vector', { min: 6 }, { value: 5, passed: false }],
    ['empty', { max: 1 }, { error: 'the query gave no value' }],
    ['matrix', { max: 1 }, { error: 'neither a scalar nor a vector' }],
    ['down', { max: 1 }, { error: 'status 503' }],
    ['broken', { max: 1 }, { error: expect.stringContaining('JSON') }],
  ])('%s against %j', async (query, limits, reading) => {
    const [found] = await readExternal([{ name: 'm', prometheus, query, ...limits }], holds);
    expect(found).toMatchObject({ name: 'm', step: 1, ...reading });
    expect('passed' in found!).toBe('passed' in reading);
  });

  it('fails softly when nobody answers', async () => {
    const dead = [{ name: 'm', prometheus: 'http://127.0.0.1:1', query: 'x', max: 1 }];
    expect((await readExternal(dead, holds))[0]!.error).toContain('ECONNREFUSED');
  });
});
