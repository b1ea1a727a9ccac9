import { z } from 'zod';
import { httpText } from './http-text.js';

const envelope = z.object({
  result: z.unknown().optional(),
  error: z.object({ message: z.string(), data: z.string().optional() }).optional(),
});
/** From this release the token goes in a header; the member `auth` of the request is gone with 7.2. */
const HEADER_SINCE = 6.4;

/** How to get in: an API token, or a login. */
export type ZabbixAccess = { token: string } | { user: string; password: string };

/** JSON-RPC of Zabbix 6.0 and 7.0 (documented at `manual/api`): what is needed to read the history of items. */
export class ZabbixApi {
  private version = 0;
  private session: string | undefined;
  private lastId = 0;

  constructor(
    private readonly url: string,
    private readonly access: ZabbixAccess,
  ) {}

  /** Asks for the release, which answers only without credentials, and logs in. Throws what Zabbix says. */
  async open(): Promise<string> {
    const release = z.string().parse(await this.post('apiinfo.version', []));
    const [major, minor] = release.split('.');
    this.version = Number(`${major}.${minor}`);
    if ('token' in this.access) this.session = this.access.token;
    else {
      const { user, password } = this.access;
      this.session = z.string().parse(await this.post('user.login', { username: user, password }));
    }
    return release;
  }

  /** Ends a session that was opened with a login; a token stays valid. */
  async close(): Promise<void> {
    if (this.session !== undefined && !('token' in this.access)) await this.call('user.logout', []);
    this.session = undefined;
  }

  /** Result of a method. Throws an Error with Zabbix's own message and data. */
  call(method: string, params: unknown): Promise<unknown> {
    return this.post(method, params, this.session);
  }

  private async post(method: string, params: unknown, session?: string): Promise<unknown> {
    const isInHeader = session !== undefined && this.version >= HEADER_SINCE;
    const headers: Record<string, string> = { 'content-type': 'application/json-rpc' };
    if (isInHeader) headers['authorization'] = `Bearer ${session}`;
    const auth = session !== undefined && !isInHeader ? { auth: session } : {};
    this.lastId += 1;
    const body = JSON.stringify({ jsonrpc: '2.0', method, params, id: this.lastId, ...auth });
    const parsed = envelope.safeParse(JSON.parse(await httpText(this.url, { method: 'POST', headers, body })));
    if (!parsed.success) throw new Error(`${method}: not an answer of Zabbix`);
    const { error, result } = parsed.data;
    if (error) throw new Error(`${method}: ${error.message} ${error.data ?? ''}`.trim());
    return result;
  }
}
