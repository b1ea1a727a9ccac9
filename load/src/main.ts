import { runCommandLine } from './cli/program.js';
import { readEnvironment } from './config.js';

process.exitCode = await runCommandLine(process.argv, {
  environment: readEnvironment(),
  out: process.stdout,
  err: process.stderr,
});
