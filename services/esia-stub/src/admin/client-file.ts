import { readFileSync } from 'node:fs';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { CONFIG, problemLine, SettingsError } from '@poligon/emulator-kit';
import { parse } from 'yaml';
import { z } from 'zod';
import type { EsiaConfig } from '../config.js';
import { ClientStore } from '../state/client.store.js';
import { CertificateRefused, clientOf, clientSchema, mnemonicSchema } from './client-registration.js';

const fileSchema = z.strictObject({ clients: z.record(mnemonicSchema, clientSchema) });

/** Registers the clients of the file named by `ESIA_CLIENTS` at start. */
@Injectable()
export class ClientFile implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: EsiaConfig,
    private readonly clients: ClientStore,
  ) {}

  /** @throws SettingsError naming file, field and rule */
  async onModuleInit(): Promise<void> {
    const { clientsFile } = this.config;
    if (clientsFile === undefined) return;
    await this.clients.ready();
    for (const client of readClients(clientsFile)) await this.clients.put(client);
  }
}

function readClients(file: string) {
  const fail = (problem: string): never => {
    throw new SettingsError(`ESIA_CLIENTS: ${file}: ${problem}`);
  };
  let data: unknown;
  try {
    data = parse(readFileSync(file, 'utf8'));
  } catch (failure) {
    return fail((failure as NodeJS.ErrnoException).code ?? (failure as Error).message.split('\n', 1)[0]!);
  }
  const parsed = fileSchema.safeParse(data);
  if (!parsed.success) return fail(problemLine(parsed.error));
  return Object.entries(parsed.data.clients).map(([mnemonic, input]) => {
    try {
      return clientOf(mnemonic, input);
    } catch (failure) {
      return fail(`clients.${mnemonic}: ${failure instanceof CertificateRefused ? failure.message : String(failure)}`);
    }
  });
}
