import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { parseYaml } from '../../profiles/read-yaml-file.js';
import type { FindingKind, Sentence } from '../finding.js';
import type { Values } from './phrase.js';
import { phrase } from './phrase.js';

const sentence = z.strictObject({ ru: z.string().min(1), en: z.string().min(1) });
const KINDS = [
  'generator-unfit',
  'slow-statement',
  'database-load',
  'lock-contention',
  'connection-pool',
  'neighbour-slow',
  'neighbour-refuses',
  'cpu',
  'memory',
  'queue',
  'drift',
  'unexplained',
] as const satisfies readonly FindingKind[];

const entry = z.strictObject({ title: sentence.optional(), recommendations: z.array(sentence).max(20).optional() });
const schema = z.partialRecord(z.enum(KINDS), entry);
type Entries = z.infer<typeof schema>;

const OWN = new URL('../recommendations.yaml', import.meta.url);

/** Titles and advice of the findings: those of the module, with an engineer's own file laid over them. */
export class Recommendations {
  private readonly entries: Entries;

  /** `over` is the text of a YAML file of the same shape. Throws ConfigError with one line. */
  constructor(over?: string) {
    const own = parseYaml(readFileSync(OWN, 'utf8'), schema, 'recommendations.yaml');
    const changed = over === undefined ? {} : parseYaml(over, schema, 'recommendations.yaml');
    this.entries = { ...own };
    for (const kind of KINDS) this.entries[kind] = { ...own[kind], ...changed[kind] };
  }

  title(kind: FindingKind, values: Values): Sentence {
    return phrase(this.entries[kind]?.title ?? { ru: kind, en: kind }, values);
  }

  of(kind: FindingKind, values: Values): Sentence[] {
    return (this.entries[kind]?.recommendations ?? []).map((each) => phrase(each, values));
  }
}
