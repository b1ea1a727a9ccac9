import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Markdown files a reader may follow a link from. */
const DOCUMENTS = ['.', 'docs', 'docs/decisions', 'docs/guides', 'docs/wire', 'deploy', 'load', 'bench', 'fuzz']
  .flatMap((folder) =>
    existsSync(join(ROOT, folder)) ? readdirSync(join(ROOT, folder)).map((name) => join(folder, name)) : [],
  )
  .concat(readdirSync(join(ROOT, 'services')).map((name) => `services/${name}/README.md`))
  .concat(readdirSync(join(ROOT, 'libs')).map((name) => `libs/${name}/README.md`))
  .filter((path) => path.endsWith('.md') && existsSync(join(ROOT, path)));

/** Everything in a text that must be the same in every language: commands, addresses, links to files of the project. */
function invariants(text: string): string[] {
  const commands = [...text.matchAll(/^(?:npm|curl)[^#\n]*/gm)].map((match) => match[0].trim());
  const addresses = text.match(/http:\/\/127\.0\.0\.1:\d+/g) ?? [];
  const links = [...text.matchAll(/\]\(((?!http|README)[^)#]+)\)/g)].map((match) => match[1]!);
  return [...commands, ...addresses, ...links];
}

describe('README.md and README.ru.md', () => {
  it('name the same commands, addresses and files', () => {
    expect(invariants(read('README.ru.md'))).toEqual(invariants(read('README.md')));
  });

  it('name only npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const builtIn = ['ci', 'install'];
    const named = [...read('README.md').matchAll(/(?:^|`|&& )npm (?:run )?([a-z:]+)/gm)].map((match) => match[1]!);
    expect(named.filter((name) => !builtIn.includes(name) && !(name in scripts))).toEqual([]);
  });

  it('name the ports the stand uses', () => {
    const ports = [...read('stand/src/components.ts').matchAll(/(?:port|adminPort): (\d+)/g)].map((match) => match[1]!);
    const shown = read('README.md').split('## For whom', 1)[0]!;
    expect(ports.filter((port) => !shown.includes(`:${port}`))).toEqual([]);
  });
});

it.each(DOCUMENTS)('%s links only to files that exist', (document) => {
  const links = [...read(document).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)].map((match) => match[1]!);
  expect(links.filter((link) => !existsSync(join(ROOT, dirname(document), link)))).toEqual([]);
});
