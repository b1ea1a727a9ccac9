import { expandPath, loadProfile, type HrlinkOperation } from '@poligon/hrlink-api';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const TOKEN = '11111111-1111-4111-8111-111111111111';
const CLIENT_ID = '22222222-2222-4222-8222-222222222222';
const profile = loadProfile();

/** Parsed JSON, taken as it is: tests look into what the emulator sent. */
type WireObject = Record<string, ReturnType<typeof JSON.parse>>;

/** One call as it arrived. */
export interface PortalCall {
  readonly operation: HrlinkOperation;
  readonly headers: IncomingMessage['headers'];
  readonly body: WireObject;
  readonly bytes: Buffer;
  readonly id: string | undefined;
  readonly atMs: number;
}

interface Task {
  readonly type: string;
  readonly items: readonly WireObject[];
  asked: number;
}

const DOCUMENT_TYPES = [
  { id: 'type-order', name: 'Приказ' },
  { id: 'type-payslip', name: 'Расчётный листок' },
  { id: 'type-vacation-notice', name: 'Уведомление о начале отпуска' },
  { id: 'type-agreement', name: 'Дополнительное соглашение' },
];

type Answer = { status?: number; headers?: Record<string, string>; body?: unknown; raw?: Buffer | string } | undefined;

const ROUTES = (
  [
    'masterTokens.create',
    'currentUser',
    'employees',
    'departments',
    'bulk.create',
    'bulk.get',
    'documentGroups.getHrRegistry',
    'applicationGroups.getHrRegistry',
    'document.printForm',
    'application.printForm',
    'documentTypes',
    'routeTemplates',
    'files.upload',
    'documentGroups.create',
    'documentGroups.sendToSigning',
    'document.originalFile',
    'document.employerSign',
    'document.sendTask',
  ] as const
).map((operation) => {
  const path = expandPath(profile, operation, { clientId: CLIENT_ID, id: 'ID' });
  return {
    operation,
    method: profile.operations[operation].method,
    pattern: new RegExp(`^${path.replace('ID', '([^/]+)')}$`),
  };
});

/** A made-up HRLink: just enough for the jobs of 1C, bent by tests through its fields. */
export class FakePortal {
  readonly calls: PortalCall[] = [];
  readonly tasks = new Map<string, Task>();
  employees: unknown[] = [];
  departments: unknown[] = [];
  documentGroups: unknown[] = [];
  applicationGroups: unknown[] = [];
  /** Polls before a task is FINISHED; Infinity: never. */
  pollsUntilFinished = 1;
  token = TOKEN;
  /** Gives a master token against a JWT; undefined: refuses it. */
  masterTokenFor: (jwt: string, tenantHost: string) => { token: string; expiresDate?: string } | undefined = () =>
    undefined;
  /** Takes calls whose headers say so, instead of those with the token. */
  isMaster: ((headers: IncomingMessage['headers']) => boolean) | undefined = undefined;
  /** Why an item fails; undefined: it is synced. */
  refuse: (type: string, item: WireObject) => string | undefined = () => undefined;
  /** Why a document is refused with 90.421; undefined: it is sent. */
  refuseDocument: (document: WireObject) => string | undefined = () => undefined;
  routeKeys = ['TO_INFORM', 'EMPLOYEE_ONLY', 'MANAGER_FIRST'];
  private readonly sendTasks = new Map<string, readonly WireObject[]>();
  private files = 0;
  /** Answers instead of the ordinary one. */
  intercept: (call: PortalCall) => Answer = () => undefined;
  /** Holds the answer back until it resolves. */
  gate: (call: PortalCall) => Promise<void> | void = () => undefined;
  nowMs: () => number = () => 0;
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => void this.serve(request, response));
  }

  static async start(): Promise<FakePortal> {
    const portal = new FakePortal();
    await new Promise<void>((resolve) => portal.server.listen(0, '127.0.0.1', resolve));
    return portal;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Listens again after `stop`. */
  async restart(port: number): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    if (!this.server.listening) return;
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Operation names in the order they came, runs of one operation told once. */
  sequence(): string[] {
    return this.calls
      .map((call) => (call.operation === 'bulk.create' ? String(call.body['type']) : call.operation))
      .filter((name, at, all) => name !== all[at - 1]);
  }

  of(operation: HrlinkOperation): PortalCall[] {
    return this.calls.filter((call) => call.operation === operation);
  }

  /** Items of all tasks of a type. */
  pushed(type: string): WireObject[] {
    return this.of('bulk.create')
      .filter(({ body }) => body['type'] === type)
      .flatMap(({ body }) => body['data']);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    const isJson = request.headers['content-type'] === 'application/json';
    const text = isJson ? bytes.toString('utf8') : '';
    const found = ROUTES.map((route) => ({ route, match: route.pattern.exec(request.url ?? '') })).find(
      ({ route, match }) => match !== null && route.method === request.method,
    );
    if (found === undefined) return void response.writeHead(404).end('no route');
    const call: PortalCall = {
      operation: found.route.operation,
      headers: request.headers,
      body: text === '' ? {} : JSON.parse(text),
      bytes,
      id: found.match![1],
      atMs: this.nowMs(),
    };
    this.calls.push(call);
    await this.gate(call);
    const { status = 200, headers = {}, body, raw } = this.intercept(call) ?? this.answer(call)!;
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(raw ?? JSON.stringify(body));
  }

  private answer(call: PortalCall): Answer {
    if (call.operation === 'masterTokens.create') return this.masterToken(call);
    const isKnown = this.isMaster?.(call.headers) ?? call.headers['user-api-token'] === this.token;
    if (!isKnown) {
      const body = { result: false, errorId: 'e', errorCode: '11.006', errorMessage: 'Недействительный API-токен' };
      return { status: 401, body };
    }
    const answers: Partial<Record<HrlinkOperation, () => Answer>> = {
      currentUser: () => told({ currentUser: { clients: [{ id: CLIENT_ID }] } }),
      employees: () => told({ employees: this.employees }),
      departments: () => told({ clientDepartments: this.departments }),
      documentTypes: () => told({ documentTypes: DOCUMENT_TYPES }),
      routeTemplates: () => told({ signingRouteTemplates: this.routeKeys.map(routeTemplate) }),
      'documentGroups.getHrRegistry': () => told({ documentGroups: page(this.documentGroups, call.body) }),
      'applicationGroups.getHrRegistry': () => told({ applicationGroups: page(this.applicationGroups, call.body) }),
      'bulk.create': () => this.createTask(call),
      'bulk.get': () => this.task(call.id!),
      'files.upload': () => this.upload(call),
      'documentGroups.create': () => told({ documentGroup: { id: 'draft', documents: [] } }),
      'document.employerSign': () => told({}),
      'documentGroups.sendToSigning': () => this.sendToSigning(call),
      'document.sendTask': () => this.sendTask(call.id!),
    };
    return answers[call.operation]?.() ?? { raw: '%PDF-1.7', headers: { 'content-type': 'application/pdf' } };
  }

  private masterToken({ headers, body }: PortalCall): Answer {
    const masterToken = this.masterTokenFor(String(headers.authorization).replace('Bearer ', ''), body['tenantHost']);
    return masterToken === undefined
      ? { status: 401, body: { result: false, errorCode: '90.402' } }
      : told({ masterToken });
  }

  private upload({ bytes }: PortalCall): Answer {
    const count = bytes.toString('latin1').split('filename=').length - 1;
    const files = Array.from({ length: count }, () => ({ id: `file-${(this.files += 1)}`, name: 'x.pdf' }));
    return { body: { result: true, files } };
  }

  private sendToSigning({ body }: PortalCall): Answer {
    const documents = body['documents'] as WireObject[];
    const reasons = documents.flatMap((one) => this.refuseDocument(one) ?? []);
    if (reasons.length > 0) {
      const errorMessage = 'Документы, которые не могут быть отправлены на подпись';
      return { status: 400, body: { result: false, errorCode: '90.421', errorMessage, errorData: { reasons } } };
    }
    const id = `send-${this.sendTasks.size + 1}`;
    this.sendTasks.set(id, documents);
    return { body: { result: true, sendToSigningTask: { id } } };
  }

  private sendTask(id: string): Answer {
    const documents = this.sendTasks.get(id)!.map(({ externalId }) => ({ id: `d-${externalId}`, externalId }));
    return { body: { result: true, sendToSigningTask: { id, state: 'FINISHED', documents } } };
  }

  private createTask({ body }: PortalCall): Answer {
    const id = `task-${this.tasks.size + 1}`;
    this.tasks.set(id, { type: body['type'], items: body['data'], asked: 0 });
    return { body: { result: true, bulkDataSyncTask: { id } } };
  }

  private task(id: string): Answer {
    const task = this.tasks.get(id)!;
    task.asked += 1;
    const isFinished = task.asked >= this.pollsUntilFinished;
    const data = task.items.map((item) => {
      const errorMessage = this.refuse(task.type, item) ?? null;
      const state = errorMessage === null ? 'SYNCED' : 'FAILED';
      return {
        id: errorMessage === null ? `h-${item['externalId']}` : null,
        externalId: item['externalId'],
        state,
        errorMessage,
      };
    });
    const state = isFinished ? 'FINISHED' : 'IN_PROGRESS';
    return { body: { result: true, bulkDataSyncTask: { id, type: task.type, state, data } } };
  }
}

function page(rows: unknown[], { limit, offset }: WireObject): unknown[] {
  return rows.slice(offset, offset + limit);
}

function told(body: object): Answer {
  return { body: { result: true, ...body } };
}

function routeTemplate(templateKey: string) {
  return { id: `route-${templateKey}`, templateKey };
}
