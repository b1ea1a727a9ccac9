import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CallMeter } from '../src/hrlink/call-meter.js';
import { LoadSession } from '../src/load-session.js';
import { prepareWorld } from '../src/prepare/prepare-world.js';
import { resolveRun } from '../src/resolve-run.js';
import { RunFolder } from '../src/run-folder/run-folder.js';
import { runLoad } from '../src/run-load.js';
import { SystemClock } from '../src/runtime/system-clock.js';
import { credentialsOf } from '../src/scenarios/employee-desk.js';
import { packWorld, unpackWorld } from '../src/distributed/world-codec.js';
import { FakeHrlink } from './fake-hrlink.js';
import { FakeInbox } from './fake-inbox.js';

const MACHINE = {
  clock: new SystemClock(),
  probe: () => ({ read: () => ({ cpuPercent: 5, eventLoopUtilisation: 0.05, rssMb: 100 }) }),
};
const HEAD = 'employeeId;clientUserId;legalEntityId;phone;login;password';

describe('employees of a real HRLink from a file', () => {
  let inbox: FakeInbox;
  let hrlink: FakeHrlink;
  const folder = mkdtempSync(join(tmpdir(), 'load-signers-'));
  const files = { plan: join(folder, 'plan.yaml'), profile: join(folder, 'profile.yaml') };
  const csv = join(folder, 'signers.csv');
  const profile = (data: string, operations = 'send-document, sign-unep') => {
    const rates = operations.split(', ').map((id) => `${id}: { perHour: 24000, sla: { percentile: 95, limit: 5m } }`);
    const timing = '{ pollInterval: 20ms, pollTimeout: 20s, otpTimeout: 20s }';
    const text = `name: p\noperations: { ${rates.join(', ')} }\ndata: { signers: 3, pdfKilobytes: 2${data} }\n`;
    writeFileSync(files.profile, `${text}timing: ${timing}\n`);
  };

  beforeAll(async () => {
    inbox = await new FakeInbox().start();
    hrlink = await new FakeHrlink(inbox).start();
    writeFileSync(files.plan, 'name: p\nsteps: [{ level: 100, ramp: 0s, hold: 1s }]\ndrain: 20s\n');
  });
  afterAll(async () => {
    await hrlink.stop();
    await inbox.stop();
  });

  it('send and sign with their own logins; nothing is entered for them', async () => {
    profile('');
    const target = { hrlink: hrlink.url, smsAdmin: inbox.url, token: 'secret', out: join(folder, 'runs') };
    const run = resolveRun(files);
    const session = new LoadSession({ ...files, ...target }, run, MACHINE.clock);
    const signal = new AbortController().signal;
    const workshop = await session.open(new CallMeter(), signal);
    const onProgress = () => undefined;
    const parts = {
      workshop,
      population: run.population,
      feeds: run.feeds,
      tag: 't',
      freshFrom: 2000,
      stock: 0,
      signal,
      onProgress,
    };
    const { world } = await prepareWorld(parts);
    await session.close();
    const rows = world.signers.map(({ person, employeeId, clientUserId }) => {
      const { login, password } = credentialsOf(person);
      return [employeeId, clientUserId, world.units[0]!.legalEntityId, person.phone, login, password].join(';');
    });
    writeFileSync(csv, [HEAD, ...rows, ''].join('\n'));
    profile(`, signersFile: ${csv}`);
    const before = hrlink.count('bulk.create');
    const { verdict, folder: path } = await runLoad({ ...files, ...target }, MACHINE);
    expect(verdict).toMatchObject({ word: 'success', reasons: [] });
    expect(hrlink.count('bulk.create')).toBe(before);
    const { prepare } = new RunFolder(path).read('run.json');
    expect(prepare.map(({ name, total, made }) => [name, total, made])).toEqual([
      ['people', 3, 0],
      ['certificates', 3, 0],
      ['stock', 7, 7],
    ]);
    const signers = world.signers.map((signer) => ({
      ...signer,
      person: { ...signer.person, credentials: { login: 'l', password: 'p' } },
    }));
    // Of several legal entities; new employees are entered at the places of another file.
    const moved = rows.map((row, nth) => (nth === 1 ? row.replace(world.units[0]!.legalEntityId, 'le-other') : row));
    writeFileSync(csv, [HEAD, ...moved, ''].join('\n'));
    const places = join(folder, 'places.csv');
    writeFileSync(places, 'legalEntityId,departmentId,positionId\nle1,d1,p1\nle2,d2,p2\n');
    profile(
      `, feeders: { signers: { file: ${csv} }, legalEntities: { file: ${places} } }`,
      'send-document, issue-unep',
    );
    hrlink.sent.length = 0;
    const second = await runLoad({ ...files, ...target }, MACHINE);
    expect(second.verdict).toMatchObject({ word: 'success', reasons: [] });
    const homes = new Map(hrlink.sent.map(({ employeeIds, legalEntityId }) => [employeeIds[0], legalEntityId]));
    expect(homes.get(world.signers[1]!.employeeId)).toBe('le-other');
    expect(homes.get(world.signers[0]!.employeeId)).toBe(world.units[0]!.legalEntityId);
    const hired = hrlink.hired.map(({ legalEntityId, departmentId, positionId }) =>
      [legalEntityId, departmentId, positionId].join(),
    );
    expect(new Set(hired)).toEqual(new Set(['le1,d1,p1', 'le2,d2,p2']));
    const travelled = unpackWorld(JSON.parse(JSON.stringify(packWorld({ ...world, signers }, 2048))));
    expect(travelled.signers).toEqual(signers);
  });

  it.each([
    [[HEAD], '', 'signers.csv: has no rows'],
    [[HEAD, 'e;u;l;12;x;y'], '', 'signers.csv: row 2: phone: must be a phone of ten digits'],
    [[HEAD, 'e;u;l;79001234567;;y'], '', 'signers.csv: row 2: login: must not be empty'],
    [[HEAD, 'e;u;l;79001234567;x'], '', 'signers.csv: row 2: has 5 fields, the first line names 6'],
    [['employeeId', 'e'], '', 'signers.csv: row 1: clientUserId: the first line has no such column'],
    [
      [HEAD, 'e;u;l;79001234567;x;y', 'e;u;m;79001234567;x;y'],
      '',
      'signers.csv: row 3: employeeId: is in row 2 already',
    ],
    [[HEAD, 'e;u;l;79001234567;x;y'], 'issue-unep', 'departmentId, positionId: needed for issue-unep'],
  ])('refuses the file %j %s', (lines, operation, message) => {
    writeFileSync(csv, lines.join('\n'));
    profile(`, signersFile: ${csv}`, operation || 'send-document');
    expect(() => resolveRun(files)).toThrow(message);
  });

  it('names a file that is not there', () => {
    profile(', signersFile: none.csv');
    expect(() => resolveRun(files)).toThrow('data.signersFile: none.csv: no such file');
  });
});
