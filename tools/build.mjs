/** Builds every project of the Nest monorepo into the one shared `dist`. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const { projects } = JSON.parse(readFileSync('nest-cli.json', 'utf8'));
const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(projects);
for (const name of names) {
  const run = spawnSync(process.execPath, ['node_modules/@nestjs/cli/bin/nest.js', 'build', name], {
    stdio: 'inherit',
  });
  if (run.status !== 0) {
    process.stderr.write(`build failed: ${name}\n`);
    process.exit(run.status ?? 1);
  }
}
