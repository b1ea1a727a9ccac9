import { CommanderError } from 'commander';
import { exit, readStandConfig } from './config.js';
import { faultsProgram } from './faults/program.js';

/** `npm run faults -- …`: exit code 0 done, 1 refused by the door, 2 wrong arguments. */
async function main(): Promise<void> {
  const { folder, adminToken } = readStandConfig();
  const print = (text: string) => void process.stdout.write(text);
  await faultsProgram({ standFolder: folder, token: adminToken, print }).parseAsync();
}

// Whoever reads the output may have seen enough, as `head` does.
process.stdout.on('error', () => exit(0));

main().catch((failure: unknown) => {
  if (!(failure instanceof CommanderError)) {
    process.stderr.write(`faults: ${failure instanceof Error ? failure.message : String(failure)}\n`);
    exit(1);
  }
  if (failure.exitCode === 0) exit(0);
  process.stderr.write(`faults: ${failure.message.replace(/^error: /, '')}\n`);
  exit(2);
});
