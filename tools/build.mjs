/**
 * Builds the projects of the Nest monorepo into the one shared `dist`: all of them, or those named. Libraries are compiled as part of the
 * applications that use them; only those with assets are built by themselves.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { makeStateTemplate } from './state-template.mjs';

const { projects } = JSON.parse(readFileSync('nest-cli.json', 'utf8'));
const isNeeded = (name) => projects[name].type === 'application' || projects[name].compilerOptions.assets !== undefined;
const named = process.argv.slice(2);
const queue = named.length > 0 ? named : Object.keys(projects).filter(isNeeded);
const startedAt = new Date();

function build(name) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['node_modules/@nestjs/cli/bin/nest.js', 'build', name], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.once('exit', (code) => {
      if (code !== 0) process.stderr.write(`build of ${name} failed:\n${output}\n`);
      resolve(code === 0);
    });
  });
}

async function worker() {
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    if (!(await build(name))) process.exit(1);
  }
}

await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, worker));
if (named.length === 0) {
  mkdirSync('dist', { recursive: true });
  await makeStateTemplate();
  // A source changed while the build ran must count as newer than the build.
  writeFileSync('dist/.built', startedAt.toISOString());
}
