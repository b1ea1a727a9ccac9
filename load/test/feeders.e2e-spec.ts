import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packFeeds, unpackFeeds } from '../src/distributed/feeds-codec.js';
import { resolveRun } from '../src/resolve-run.js';
import { runLoad } from '../src/run-load.js';
import { SystemClock } from '../src/runtime/system-clock.js';
import { pdfFile } from '../src/scenarios/pdf-file.js';
import { FakeHrlink } from './fake-hrlink.js';
import { FakeInbox } from './fake-inbox.js';
import { samplesOf } from './load-process.js';

const MACHINE = {
  clock: new SystemClock(),
  probe: () => ({ read: () => ({ cpuPercent: 5, eventLoopUtilisation: 0.05, rssMb: 100 }) }),
};
const RECIPIENTS = ['e1;le1', 'e2;le1', 'e3;le1', 'e4;le2'];
const TYPES = ['type-a', 'type-b', 'type-c'];
const PDFS = ['Заявление.pdf', 'large.PDF'];

describe('data of a real HRLink from files', () => {
  let inbox: FakeInbox;
  let hrlink: FakeHrlink;
  const folder = mkdtempSync(join(tmpdir(), 'load-feeders-'));
  const at = (name: string) => join(folder, name);
  const files = { plan: at('plan.yaml'), profile: at('profile.yaml') };

  beforeAll(() => {
    mkdirSync(at('pdf'));
    for (const name of PDFS) writeFileSync(join(at('pdf'), name), pdfFile('x', 2048));
    writeFileSync(join(at('pdf'), 'notes.txt'), 'not a document');
    writeFileSync(
      at('recipients.csv'),
      `\ufeffemployeeId;legalEntityId;ФИО\r\n${RECIPIENTS.map((row) => `${row};Имя`).join('\r\n')}\r\n`,
    );
    writeFileSync(at('types.csv'), `documentTypeId\n${TYPES.join('\n')}\n`);
    writeFileSync(at('places.csv'), 'legalEntityId\tdepartmentId\tpositionId\nle1\td1\tp1\nle2\td2\tp2\n');
    writeFileSync(files.plan, 'name: p\nsteps: [{ level: 100, ramp: 0s, hold: 1s }]\ndrain: 20s\n');
  });
  beforeEach(async () => {
    inbox = await new FakeInbox().start();
    hrlink = await new FakeHrlink(inbox).start();
  });
  afterEach(async () => {
    await hrlink.stop();
    await inbox.stop();
  });

  const profile = (
    feeders: string,
    rates: Record<string, number> = { 'send-document': 43_200, 'send-lna': 10_800 },
  ) => {
    const lines = Object.entries(rates).map(
      ([id, perHour]) => `${id}: { perHour: ${perHour}, sla: { percentile: 95, limit: 5m } }`,
    );
    const data = `{ signers: 2, organisations: 1, lnaRecipients: 4, pdfKilobytes: 2, feeders: { ${feeders} } }`;
    const timing = '{ pollInterval: 20ms, pollTimeout: 20s, otpTimeout: 20s }';
    writeFileSync(files.profile, `name: p\noperations: { ${lines.join(', ')} }\ndata: ${data}\ntiming: ${timing}\n`);
  };
  const load = () => {
    const target = { hrlink: hrlink.url, smsAdmin: inbox.url, token: 'secret', out: at('runs') };
    return runLoad({ ...files, ...target }, MACHINE);
  };
  const recipients = (strategy: string) => `recipients: { file: ${at('recipients.csv')}, strategy: ${strategy} }`;
  const types = `documentTypes: { file: ${at('types.csv')} }`;
  const pdfs = `files: { folder: ${at('pdf')} }`;

  it('are what documents and regulations are made of: to whom, of which legal entity, of which type, which file', async () => {
    profile(`${recipients('sequential')}, ${types}, ${pdfs}`);
    const { verdict, folder: run } = await load();
    expect(verdict.reasons).toEqual([]);
    const documents = hrlink.sent.sort((a, b) => (a.number < b.number ? -1 : 1));
    expect(documents.length).toBe(12);
    documents.forEach(({ typeId, legalEntityId, employeeIds }, ordinal) => {
      const [employeeId, home] = RECIPIENTS[ordinal % RECIPIENTS.length]!.split(';');
      expect([employeeIds, legalEntityId, typeId]).toEqual([[employeeId], home, TYPES[ordinal % TYPES.length]]);
    });
    expect(new Set(hrlink.uploads)).toEqual(new Set(PDFS));
    const made = hrlink.regulations.filter(({ typeId }) => typeId !== undefined);
    expect(made.map(({ typeId }) => typeId).sort()).toEqual(TYPES);
    expect(made.every(({ legalEntityId }) => legalEntityId === 'le1')).toBe(true);
    // An employee of another legal entity is not sent its regulation.
    const sent = hrlink.regulations.flatMap(({ employeeIds }) => (employeeIds ? [employeeIds.join()] : []));
    expect(sent).toEqual(['e1,e2,e3', 'e1,e2,e3', 'e1,e2,e3']);
    expect(samplesOf(run).every(({ outcome }) => outcome === 'ok')).toBe(true);
  });

  it('are drawn at random by the seed: everybody draws the same', async () => {
    profile(recipients('random'), { 'send-document': 108_000 });
    await load();
    const drawn = [...hrlink.sent]
      .sort((a, b) => (a.number < b.number ? -1 : 1))
      .map(({ employeeIds }) => employeeIds[0]);
    const { feeds } = resolveRun(files);
    const travelled = unpackFeeds(JSON.parse(JSON.stringify(packFeeds(feeds))));
    const wanted = drawn.map((_, ordinal) => travelled.recipients!.at('send-document', ordinal).employeeId);
    expect(drawn).toEqual(wanted);
    expect(new Set(drawn).size).toBe(RECIPIENTS.length);
  });

  it('travel to workers whole, files too', () => {
    profile(`${recipients('unique')}, ${types}, ${pdfs}`, { 'send-document': 3600 });
    const { feeds } = resolveRun(files);
    expect(unpackFeeds(JSON.parse(JSON.stringify(packFeeds(feeds))))).toEqual(feeds);
  });

  it.each([
    [recipients('unique'), 'data.feeders.recipients: the plan needs 24 unique rows, there are 4'],
    [
      `legalEntities: { file: ${at('places.csv')} }`,
      'data.feeders.legalEntities: needs signers of a file, synthetic ones have their own',
    ],
    [
      `legalEntities: { file: ${at('types.csv')} }`,
      'types.csv: row 1: legalEntityId: the first line has no such column',
    ],
    [`files: { folder: ${folder} }`, `data.feeders.files.folder: ${folder}: has no .pdf files`],
    ['files: { folder: nowhere }', 'data.feeders.files.folder: nowhere: no such folder'],
    [
      `recipients: { file: ${at('recipients.csv')}, strategy: best }`,
      'profile.yaml: data.feeders.recipients.strategy: ',
    ],
    [
      `recipients: { file: ${at('recipients.csv')}, separator: "," }`,
      'recipients.csv: row 1: employeeId: the first line has no such column',
    ],
  ])('are refused in one line: %s', (feeders, message) => {
    profile(feeders);
    expect(() => resolveRun(files)).toThrow(message);
  });

  it('that are no PDF are named', () => {
    mkdirSync(at('bad'), { recursive: true });
    writeFileSync(join(at('bad'), 'a.pdf'), 'hello');
    profile(`files: { folder: ${at('bad')} }`);
    expect(() => resolveRun(files)).toThrow('a.pdf: is not a PDF file');
  });
});
