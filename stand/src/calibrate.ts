import { CommanderError } from 'commander';
import { calibrateProgram } from './calibrate/program.js';
import { exit } from './config.js';

/** `npm run calibrate -- …`: exit code 0 done, 1 unusable measurements, 2 wrong arguments. */
async function main(): Promise<void> {
  await calibrateProgram((text) => void process.stdout.write(text)).parseAsync();
}

// Whoever reads the output may have seen enough, as `head` does.
process.stdout.on('error', () => exit(0));

main().catch((failure: unknown) => {
  if (!(failure instanceof CommanderError)) {
    process.stderr.write(`calibrate: ${failure instanceof Error ? failure.message : String(failure)}\n`);
    exit(1);
  }
  if (failure.exitCode === 0) exit(0);
  process.stderr.write(`calibrate: ${failure.message.replace(/^error: /, '')}\n`);
  exit(2);
});
