/** One service of the stand. */
export interface Component {
  /** Folder under services/, also the name in logs. */
  readonly name: string;
  /** Prefix of its environment variables. */
  readonly prefix: string;
  readonly port: number;
  readonly adminPort: number;
  /** What it stands for, shown at start. */
  readonly role: string;
}

/** All services; started in this order, stopped in the reverse one. */
export const COMPONENTS = [
  { name: 'sms-gateway-stub', prefix: 'SMS', port: 8103, adminPort: 9103, role: 'SMS' },
  { name: 'esia-stub', prefix: 'ESIA', port: 8104, adminPort: 9104, role: 'ESIA' },
  { name: 'ca-unep-emulator', prefix: 'CA', port: 8102, adminPort: 9102, role: 'CA' },
  { name: 'hrlink-reference', prefix: 'HRLINK', port: 8100, adminPort: 9100, role: 'HRLink' },
  { name: '1c-emulator', prefix: 'ONEC', port: 8101, adminPort: 9101, role: '1C' },
] as const satisfies readonly Component[];

export type ComponentName = (typeof COMPONENTS)[number]['name'];

/** Where one service listens. */
export interface Address {
  readonly protocolUrl: string;
  readonly adminUrl: string;
}

/** Where all of them listen. */
export type Addresses = Readonly<Record<ComponentName, Address>>;
