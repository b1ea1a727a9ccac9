/** Organisations a client may ask about on its own behalf: an employee gave it `usr_org`. */
export abstract class OrgAccessStore {
  abstract open(clientId: string, orgOid: number): Promise<void>;
  abstract isOpen(clientId: string, orgOid: number): Promise<boolean>;
  abstract count(): Promise<number>;
}
