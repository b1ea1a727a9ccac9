/**
 * Adds to package-lock.json the optional packages of other platforms that npm left out because the registry in use does not serve them:
 * `npm ci` refuses a lock without them (npm issue 9846). Run it after `npm install` when `npm ci` says "Missing: … from lock file".
 */
import { readFileSync, writeFileSync } from 'node:fs';

/** `@scope/core-linux-arm64-gnu` or `@scope/binding-win32-x64`: operating system, then processor. */
const PLATFORM = /(?:core|binding)-([a-z]+\d*)-([a-z0-9]+)(?:-\w+)?$/;

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));

function missingOf([path, meta]) {
  return Object.entries(meta.optionalDependencies ?? {})
    .filter(([name, version]) => !isLocked(path, name) && /^\d/.test(version) && PLATFORM.test(name))
    .map(([name, version]) => {
      const [, os, cpu] = PLATFORM.exec(name);
      const entry = {
        version,
        cpu: [cpu],
        dev: meta.dev,
        license: meta.license,
        optional: true,
        os: [os],
        engines: meta.engines,
      };
      return [`node_modules/${name}`, entry];
    });
}

function isLocked(path, name) {
  return `node_modules/${name}` in lock.packages || `${path}/node_modules/${name}` in lock.packages;
}

const missing = Object.entries(lock.packages).flatMap(missingOf);
lock.packages = Object.fromEntries(
  [...Object.entries(lock.packages), ...missing].sort(([left], [right]) => (left < right ? -1 : 1)),
);
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`${missing.length} entries added\n`);
