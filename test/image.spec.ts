import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { copiesOf, instructions, isInContext } from './image/docker-context.js';
import { ROOT } from './stand-process.js';

const DOCKERFILE = 'deploy/docker/Dockerfile';
const hasHadolint = spawnSync('hadolint', ['--version']).status === 0;
const itLints = hasHadolint ? it : it.skip;

describe('Dockerfile', () => {
  itLints(`breaks no rule of hadolint${hasHadolint ? '' : ' [skipped: no hadolint on PATH]'}`, () => {
    const { status, stdout } = spawnSync('hadolint', [DOCKERFILE], { encoding: 'utf8', cwd: ROOT });
    expect([status, stdout]).toEqual([0, '']);
  });

  it('copies only paths that exist and reach the builder', () => {
    const paths = ['build', 'modules', 'final'].flatMap((stage) => copiesOf(stage).flatMap(({ from }) => from));
    expect(paths.length).toBeGreaterThan(8);
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    expect(paths.filter((path) => !isInContext(path))).toEqual([]);
  });

  it('keeps tests, dependencies, builds, data and secrets from the builder', () => {
    const kept = [
      'node_modules/zod',
      'services/esia-stub/test/a.ts',
      'load/src/a.spec.ts',
      'dist',
      '.env',
      'data/stand',
    ];
    expect(kept.filter(isInContext)).toEqual([]);
  });

  it('builds every service', () => {
    const build = instructions().find(({ rest }) => rest.includes('tools/build.mjs'))!.rest;
    expect(readdirSync(join(ROOT, 'services')).filter((name) => !build.includes(name))).toEqual([]);
  });

  it('runs as nobody special, on the Node that the project is pinned to, with its ports open', () => {
    const final = instructions().filter(({ stage }) => stage === 'final');
    expect(final.find(({ name }) => name === 'USER')?.rest).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    const pinned = (
      JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { devDependencies: { node: string } }
    ).devDependencies.node;
    expect(readFileSync(join(ROOT, DOCKERFILE), 'utf8')).toContain(`ARG NODE_IMAGE=node:${pinned}-bookworm-slim`);
    expect(final.find(({ name }) => name === 'EXPOSE')?.rest).toBe('8100-8104 9100-9104 2775');
    expect(final.some(({ name }) => name === 'HEALTHCHECK')).toBe(true);
  });
});
