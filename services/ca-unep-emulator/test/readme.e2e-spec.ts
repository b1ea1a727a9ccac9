import { readdirSync, readFileSync } from 'node:fs';
import { commonSettings } from '@poligon/emulator-kit';
import { caSettings } from '../src/config.js';
import { CaStand } from './ca-stand.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const faults = readdirSync(new URL('../src/faults/', import.meta.url)).filter((name) => name.endsWith('.fault.ts'));

const common = Object.keys(commonSettings('CA', { protocol: 0, admin: 0 }));
const own = Object.entries(caSettings).filter(([name]) => !common.includes(name));

describe('the README', () => {
  it.each(own.map(([, { variable }]) => variable))('explains %s', (variable) => {
    expect(readme).toContain(`\`${variable}\``);
  });

  it.each(faults.map((name) => name.replace('.fault.ts', '')))('explains fault %s', (name) => {
    expect(readme).toMatch(new RegExp(`\\| \`${name}\` +\\|`));
  });

  it('names every operation and preset, and its example is taken in', async () => {
    const stand = await CaStand.start();
    const { operations } = (await stand.admin('GET', '/operations')).body;
    const { presets } = (await stand.admin('GET', '/presets')).body;
    for (const { operation } of operations) expect(readme).toContain(`\`${operation}\``);
    for (const { name } of presets) expect(readme).toContain(`\`${name}\``);
    const example = /-d '(\{"event".*?\})'\n/s.exec(readme)![1]!;
    const { id, type, data } = JSON.parse(example).event;
    expect((await stand.astral(type, id, data)).text).toBe('{"status":"200","eventId":"e-1"}');
    expect((await stand.event('USIG_CERT_ISSUED', id)).data.status).toBe('ISSUED');
    await stand.close();
  });
});
