import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError, parseYaml } from '../profiles/read-yaml-file.js';
import type { Language } from '../run-options.js';
import type { Block } from './block.js';
import { markdownBlocks } from './markdown-blocks.js';
import { standSchema } from './stand.schema.js';
import type { Stand } from './stand.schema.js';

const TEMPLATES = fileURLToPath(new URL('./texts/', import.meta.url));
const STAND = 'stand.yaml';

/** Documents that have texts of their own. */
export type DocumentKind = 'methodology' | 'report';

/**
 * The part of a document that people write: a folder with `stand.yaml` and one Markdown file per section. A file that is not there yet
 * is made from a template once; a file that is there is never written again, so making the document anew loses nothing.
 */
export class KeptTexts {
  private constructor(
    readonly folder: string,
    readonly stand: Stand,
    private readonly language: Language,
    private readonly document: DocumentKind,
  ) {}

  /** Opens the folder, makes what is missing. Throws ConfigError with one line when a file cannot be used. */
  static open(folder: string, document: DocumentKind, language: Language): KeptTexts {
    try {
      mkdirSync(join(folder, document), { recursive: true });
      copyMissing(join(TEMPLATES, language), folder, [STAND]);
      const from = join(TEMPLATES, language, document);
      copyMissing(from, join(folder, document), readdirSync(from), (name) => localName(name, language));
    } catch (error) {
      throw new ConfigError(`${folder}: ${(error as Error).message}`, { cause: error });
    }
    const stand = parseYaml(readFileSync(join(folder, STAND), 'utf8'), standSchema, join(folder, STAND));
    return new KeptTexts(folder, stand, language, document);
  }

  /** The templates themselves: for a document nobody has written anything for. */
  static templates(document: DocumentKind, language: Language): KeptTexts {
    const folder = join(TEMPLATES, language);
    const stand = parseYaml(readFileSync(join(folder, STAND), 'utf8'), standSchema, STAND);
    return new KeptTexts(folder, stand, 'ru', document);
  }

  /** A section's text with `{{name}}` replaced by the values given. Throws ConfigError on a name that has no value. */
  section(name: string, values: Readonly<Record<string, string>> = {}): Block[] {
    const path = join(this.folder, this.document, localName(`${name}.md`, this.language));
    const markdown = existsSync(path) ? readFileSync(path, 'utf8') : '';
    return markdownBlocks(filledIn(withoutComments(markdown), values, path));
  }
}

/** `goals.md` is Russian, `goals.en.md` English: both can stand in one folder. */
function localName(name: string, language: Language): string {
  return language === 'ru' ? name : name.replace(/\.md$/, `.${language}.md`);
}

function copyMissing(
  from: string,
  to: string,
  names: readonly string[],
  rename: (name: string) => string = (name) => name,
): void {
  for (const name of names) {
    const target = join(to, rename(name));
    if (!existsSync(target)) writeFileSync(target, readFileSync(join(from, name), 'utf8'), { flag: 'wx' });
  }
}

function withoutComments(markdown: string): string {
  return markdown.replace(/<!--[\s\S]*?-->/g, '');
}

function filledIn(text: string, values: Readonly<Record<string, string>>, path: string): string {
  return text.replace(/\{\{\s*([\w-]+)\s*\}\}/g, (_match, name: string) => {
    const value = values[name];
    if (value !== undefined) return value;
    throw new ConfigError(`${path}: {{${name}}}: unknown name, known: ${Object.keys(values).sort().join(', ')}`);
  });
}
