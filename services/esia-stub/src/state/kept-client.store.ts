import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { State, type ResidentDocuments } from '@poligon/emulator-kit';
import { readClientCertificate, type ClientCertificate } from '../domain/client-certificate.js';
import type { Client } from '../domain/client.js';
import { ClientStore, ClientStoreFull } from './client.store.js';
import { STORE_LIMITS, type StoreLimits } from './store-limits.js';

/** What is written of a client: certificates as the text they were registered with. */
type WrittenClient = Omit<Client, 'certificates'> & { readonly certificates: readonly string[] };

/** A client as a document: everything computed of its certificates is left out when it is written. */
class KeptClient {
  constructor(readonly client: Client) {}

  toJSON(): WrittenClient {
    return { ...this.client, certificates: this.client.certificates.map(({ pem }) => pem) };
  }
}

/** Certificates read lately: other replicas' clients are read again and again, and a certificate costs milliseconds. */
const MAX_READ = 5000;

/** Clients in the state of the service; all of them in memory. A reset leaves them. */
@Injectable()
export class KeptClientStore extends ClientStore implements OnModuleInit {
  private readonly clients: ResidentDocuments<KeptClient>;
  private readonly read = new Map<string, ClientCertificate>();

  constructor(
    @Inject(STORE_LIMITS) private readonly limits: StoreLimits,
    state: State,
  ) {
    super();
    this.clients = state.resident({ table: 'esia.client', revive: (json) => this.revived(json as WrittenClient) });
  }

  ready(): Promise<void> {
    return this.clients.refresh();
  }

  onModuleInit(): Promise<void> {
    return this.ready();
  }

  async put(client: Client): Promise<void> {
    const isNew = this.clients.get(client.mnemonic) === undefined;
    if (isNew && this.clients.size >= this.limits.maxClients) throw new ClientStoreFull();
    await this.clients.put(client.mnemonic, new KeptClient(client));
  }

  remove(mnemonic: string): Promise<boolean> {
    return this.clients.remove(mnemonic);
  }

  async find(mnemonic: string): Promise<Client | undefined> {
    return this.clients.get(mnemonic)?.client;
  }

  async list(): Promise<readonly Client[]> {
    const all = [...this.clients.values()].map(({ client }) => client);
    return all.sort((left, right) => (left.mnemonic < right.mnemonic ? -1 : 1));
  }

  private revived(written: WrittenClient): KeptClient {
    return new KeptClient({ ...written, certificates: written.certificates.map((pem) => this.certificate(pem)) });
  }

  private certificate(pem: string): ClientCertificate {
    const known = this.read.get(pem) ?? readClientCertificate(pem);
    if (this.read.size >= MAX_READ) this.read.clear();
    this.read.set(pem, known);
    return known;
  }
}
