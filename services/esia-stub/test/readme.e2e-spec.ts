import { readdirSync, readFileSync } from 'node:fs';
import { commonSettings } from '@poligon/emulator-kit';
import { esiaSettings } from '../src/config.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const section = (title: string) => readme.split(`\n## ${title}\n`)[1]!.split('\n## ')[0]!;
const filesOf = (folder: string, end: string) =>
  readdirSync(new URL(folder, import.meta.url))
    .filter((file) => file.endsWith(end))
    .map((file) => file.slice(0, -end.length));

const common = new Set(
  Object.values(commonSettings('ESIA', { protocol: 0, admin: 0 })).map(({ variable }) => variable),
);
const own = Object.values(esiaSettings).map(({ variable }) => variable);

describe('README', () => {
  it.each(own.filter((variable) => !common.has(variable)))('documents %s', (variable) => {
    expect(section('Configuration')).toContain(`\`${variable}\``);
  });

  it('documents no variable that does not exist', () => {
    const named = [...section('Configuration').matchAll(/`(ESIA_[A-Z0-9_]+)`/g)].map(([, name]) => name);
    expect(named.filter((name) => !own.includes(name!) && !common.has(name!))).toEqual([]);
  });

  it.each([...filesOf('../src/faults/', '.fault.ts'), ...filesOf('../src/faults/presets/', '.yaml')])(
    'documents the fault or preset %s',
    (name) => {
      expect(section('Faults')).toContain(`\`${name}\``);
    },
  );
});
