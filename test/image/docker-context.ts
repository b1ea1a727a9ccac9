import { cpSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, matchesGlob, relative } from 'node:path';
import { ROOT } from '../stand-process.js';

const DOCKERFILE = join(ROOT, 'deploy/docker/Dockerfile');

/** One instruction of the Dockerfile, continued lines joined. */
export interface Instruction {
  readonly stage: string;
  readonly name: string;
  readonly rest: string;
}

/** The instructions of the Dockerfile with the stage each belongs to; the last stage is called `final`. */
export function instructions(): readonly Instruction[] {
  const lines = readFileSync(DOCKERFILE, 'utf8')
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n/g, ' ')
    .split('\n');
  let stage = '';
  return lines
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, name = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(line.trim()) ?? [];
      if (name === 'FROM') stage = / AS (\w+)/.exec(rest)?.[1] ?? 'final';
      return { stage, name, rest };
    });
}

/** What a stage copies from the build context: the paths, and where they go. */
export function copiesOf(stage: string): readonly { readonly from: readonly string[]; readonly to: string }[] {
  return instructions()
    .filter((instruction) => instruction.stage === stage && instruction.name === 'COPY')
    .filter(({ rest }) => !rest.startsWith('--from'))
    .map(({ rest }) => rest.trim().split(/\s+/))
    .map((words) => ({ from: words.slice(0, -1), to: words.at(-1)! }));
}

const ignored = readFileSync(`${DOCKERFILE}.dockerignore`, 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));

/** Whether the builder gets a path: the last pattern that covers it, or a folder above it, decides. */
export function isInContext(path: string): boolean {
  const folders = path.split('/').map((_, at, parts) => parts.slice(0, at + 1).join('/'));
  let isGiven = true;
  for (const line of ignored) {
    const pattern = line.replace(/^!/, '');
    if (folders.some((folder) => matchesGlob(folder, pattern))) isGiven = line.startsWith('!');
  }
  return isGiven;
}

/** Copies from the context as the stage does. @throws Error when a path is not there or kept from the builder */
export function copyStage(stage: string, target: string): void {
  for (const { from, to } of copiesOf(stage)) {
    for (const path of from) {
      if (!existsSync(join(ROOT, path))) throw new Error(`COPY ${path}: there is no such path`);
      if (!isInContext(path)) throw new Error(`COPY ${path}: kept from the builder by .dockerignore`);
      const isFolder = statSync(join(ROOT, path)).isDirectory();
      const goal = isFolder ? join(target, to) : join(target, to, to.endsWith('/') ? basename(path) : '');
      mkdirSync(dirname(goal), { recursive: true });
      cpSync(join(ROOT, path), goal, { recursive: true, filter: (source) => isInContext(relative(ROOT, source)) });
    }
  }
}
