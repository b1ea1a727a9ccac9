import { exit, readStandConfig } from './config.js';
import { registerEsiaClient } from './registration.js';

/** `register <admin door of HRLink> <admin door of ESIA>`: exit code 0 registered, 1 refused or out of reach, 2 wrong arguments. */
async function main(): Promise<void> {
  const [hrlink, esia] = process.argv.slice(2);
  if (hrlink === undefined || esia === undefined || ![hrlink, esia].every((url) => URL.canParse(url))) {
    process.stderr.write('register: needs two addresses: admin door of HRLink, admin door of ESIA\n');
    exit(2);
  }
  const door = (adminUrl: string) => ({ protocolUrl: '', adminUrl: adminUrl.replace(/\/+$/, '') });
  const addresses = { 'hrlink-reference': door(hrlink), 'esia-stub': door(esia) };
  await registerEsiaClient(addresses, readStandConfig().adminToken);
  process.stdout.write('registered\n');
}

main().catch((failure: unknown) => {
  process.stderr.write(`register: ${failure instanceof Error ? failure.message : String(failure)}\n`);
  exit(1);
});
