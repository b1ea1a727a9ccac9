import { readFileSync } from 'node:fs';
import { request } from 'undici';
import { ODataClient } from './odata-client.js';

/** Faults of the specification that go by another name here, or are no fault of their own. */
const OTHERWISE: Readonly<Record<string, string>> = {
  // a preset of the kit's latency
  'metadata-slow': 'preset onec-slow-metadata',
  'heavy-virtual-table': 'preset onec-slow-metadata',
  // two writers both get 200 unless ONEC_ODATA_IF_MATCH says otherwise
  'lost-update': 'behaviour',
  'if-match-412': 'error version-conflict',
  'rls-denied': 'error access-denied',
  'error-base64': 'detail base64 of error',
};

/** Names of faults in section 6 of the specification. */
function specified(): string[] {
  const text = readFileSync(new URL('../../../docs/wire/1c.md', import.meta.url), 'utf8');
  const section = /\n## 6\.[^\n]*\n(.*?)\n## 7\./s.exec(text)![1]!;
  return [...section.matchAll(/`([a-z][a-z0-9-]+)`/g)]
    .map(([, name]) => name!)
    .filter((name) => name.includes('-') || name === 'deadlock' || name === 'rehire');
}

describe('domain faults of the specification', () => {
  let odata: ODataClient;
  beforeAll(async () => {
    odata = await ODataClient.start();
  });
  afterAll(() => odata.stop());

  const admin = async (path: string) =>
    (await (await request(`${odata.emulator.adminUrl}/__admin/${path}`)).body.json()) as Record<
      string,
      { name?: string; fault?: string }[]
    >;

  it('are all there, as a fault, an error of a catalogue or a preset', async () => {
    const names = specified();
    expect(names.length).toBeGreaterThan(50);
    const faults = JSON.stringify(await admin('faults/types'));
    const errors = [
      'infobase-locked',
      'no-licence',
      'exclusive-lock',
      'broken-publication',
      'crash-html',
      'iis-401-5',
      'html-200',
      'pool-exhausted',
      'session-lost',
      'session-killed',
      'lock-conflict',
      'deadlock',
      'posting-refused',
      'handler-refused',
      'joins-limit',
    ];
    const missing = names.filter(
      (name) => !(name in OTHERWISE) && !faults.includes(`"${name}"`) && !errors.includes(name),
    );
    expect(missing).toEqual([]);
    for (const code of [...errors, 'no-such-error']) {
      const reply = await request(`${odata.emulator.adminUrl}/__admin/faults/one`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ fault: 'error', operations: ['odata.*'], options: { code } }),
      });
      expect([code, reply.statusCode < 300]).toEqual([code, code !== 'no-such-error']);
      await reply.body.dump();
    }
  });
});
