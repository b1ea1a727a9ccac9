import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

interface Answer {
  readonly result?: { readonly structuredContent?: unknown; readonly isError?: boolean; readonly content?: unknown };
  readonly error?: unknown;
}

/** The public MCP server `1c-odata-mcp` as a process of its own, spoken to over its standard streams. */
export class McpClient {
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private last = 0;

  private constructor(private readonly child: ChildProcessByStdio<Writable, Readable, null>) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const { id, ...answer } = JSON.parse(line);
      this.waiting.get(id)?.(answer);
      this.waiting.delete(id);
    });
  }

  /** @param baseUrl root of the standard interface */
  static async start(baseUrl: string): Promise<McpClient> {
    const entry = createRequire(import.meta.url).resolve('1c-odata-mcp/dist/index.js');
    const env = {
      ODATA_DB_ZUP_BASE_URL: baseUrl,
      ODATA_DB_ZUP_USERNAME: 'Администратор',
      ODATA_DB_ZUP_PASSWORD: 'секрет',
      ODATA_DB_ZUP_WRITABLE: 'true',
      READ_ONLY: 'false',
      LOG_LEVEL: 'fatal',
    };
    const client = new McpClient(spawn(process.execPath, [entry], { env, stdio: ['pipe', 'pipe', 'ignore'] }));
    await client.ask('initialize', {
      protocolVersion: '2025-06-18',
      capabilities: {},
      clientInfo: { name: 'test', version: '1' },
    });
    client.tell({ method: 'notifications/initialized' });
    return client;
  }

  /** Calls a tool; what it gives, or an error with its text. */
  async tool(name: string, given: Record<string, unknown> = {}) {
    const { result, error } = await this.ask('tools/call', { name, arguments: given });
    if (result === undefined || result.isError) throw new Error(JSON.stringify(error ?? result?.content));
    return result.structuredContent as Record<string, ReturnType<typeof JSON.parse>>;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.stdin.end();
    this.child.kill();
    await ended;
  }

  private ask(method: string, params: unknown): Promise<Answer> {
    this.last += 1;
    const id = this.last;
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      this.tell({ id, method, params });
    });
  }

  private tell(message: object): void {
    this.child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  }
}
