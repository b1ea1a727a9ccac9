import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Clock, type RunningEmulator } from '@poligon/emulator-kit';
import { defaultPopulation, fullName, type Person } from '@poligon/people';
import { FakeClock, startEmulator } from '@poligon/testing';
import { request } from 'undici';
import { caUnepEmulator } from '../src/app.module.js';

/** One HTTP call another system received. */
export interface Received {
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A system the authority calls: remembers what came and lets tests wait for it. */
export class Listener {
  readonly calls: Received[] = [];
  /** Status of the next answers, in order; 200 when it runs out. */
  readonly statuses: number[] = [];
  private readonly waiting = new Set<() => void>();

  private constructor(private readonly server: Server) {}

  static async open(answer: string): Promise<Listener> {
    const server = createServer((incoming, reply) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        reply.writeHead(listener.statuses.shift() ?? 200, { 'content-type': 'application/json' }).end(answer);
        const body = Buffer.concat(chunks).toString('utf8');
        listener.calls.push({ url: incoming.url ?? '', headers: incoming.headers, body });
        for (const wake of listener.waiting) wake();
      });
    });
    const listener = new Listener(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return listener;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The first call that matches, now or later. */
  wait(matches: (call: Received) => boolean = () => true, count = 1): Promise<Received> {
    return new Promise((resolve) => {
      const look = () => {
        const found = this.calls.filter(matches);
        if (found.length < count) return;
        this.waiting.delete(look);
        resolve(found[count - 1]!);
      };
      this.waiting.add(look);
      look();
    });
  }

  forget(): void {
    this.calls.length = 0;
    this.statuses.length = 0;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** A callback body of the Астрал profile. */
export interface AstralEvent {
  readonly id: string;
  readonly type: string;
  readonly createdDate: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look at whatever came
  readonly data: any;
}

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly text: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look at whatever came
  readonly body: any;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export async function call(method: Method, url: string, body?: unknown, headers: Record<string, string> = {}) {
  const reply = await request(url, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await reply.body.text();
  const isJson = /\/json/.test(String(reply.headers['content-type']));
  return {
    status: reply.statusCode,
    headers: reply.headers,
    text,
    body: isJson ? JSON.parse(text) : undefined,
  } as Answer;
}

const FAST = { CA_ISSUE_DELAY: '{"ms":0}', CA_SIGN_DELAY: '{"ms":0}', CA_KEY_POOL: '2', CA_SUITE: 'ecdsa-p256' };

/** The authority with a tenant that listens and an SMS gateway, all over real sockets. */
export class CaStand {
  private constructor(
    readonly emulator: RunningEmulator,
    readonly tenant: Listener,
    readonly gateway: Listener,
    readonly clock: FakeClock,
  ) {}

  /** @param isTimeFake the clock stands still until it is advanced; default the machine's clock */
  static async start(environment: Record<string, string> = {}, isTimeFake = false): Promise<CaStand> {
    const tenant = await Listener.open('{}');
    const gateway = await Listener.open('{"id":1001,"cnt":1}');
    const clock = new FakeClock();
    const variables = { ...FAST, CA_SMS_URL: gateway.url, CA_ASTRAL_CALLBACK_URL: `${tenant.url}/ca-events` };
    const overrides = isTimeFake ? [{ provide: Clock, useValue: clock }] : [];
    try {
      const emulator = await startEmulator(caUnepEmulator, { ...variables, ...environment }, overrides);
      return new CaStand(emulator, tenant, gateway, clock);
    } catch (failure) {
      await tenant.close();
      await gateway.close();
      throw failure;
    }
  }

  async close(): Promise<void> {
    await this.emulator.close();
    await this.tenant.close();
    await this.gateway.close();
  }

  astral(type: string, id: string, data: unknown, token = 'poligon'): Promise<Answer> {
    const event = { id, type, createdDate: '2026-01-15T09:00:00Z', data };
    const headers = { authorization: `Bearer ${token}` };
    return call('POST', `${this.emulator.protocolUrl}/astral/api/v1/events`, { event }, headers);
  }

  kontur(method: Method, path: string, body?: unknown, key = 'poligon'): Promise<Answer> {
    return call(method, `${this.emulator.protocolUrl}/kontur/v1${path}`, body, { 'x-api-key': key });
  }

  admin(method: Method, path: string, body?: unknown): Promise<Answer> {
    return call(method, `${this.emulator.adminUrl}/__admin${path}`, body);
  }

  /** The `count`-th event of a type about a request, now or later. */
  async event(type: string, requestEventId: string, count = 1): Promise<AstralEvent> {
    const isIt = ({ body }: Received) => {
      const { event } = JSON.parse(body) as { event: AstralEvent };
      return event.type === type && event.data.requestEventId === requestEventId;
    };
    return (JSON.parse((await this.tenant.wait(isIt, count)).body) as { event: AstralEvent }).event;
  }

  /** Registers a person and accepts the certificate. @returns the USIG_CERT_ISSUED event */
  async issueAstral(id: string, index: number): Promise<AstralEvent> {
    await this.astral('USIG_REG_REQUEST', id, regRequest(defaultPopulation.person(index)));
    const issued = await this.event('USIG_CERT_ISSUED', id);
    await this.astral('USIG_CERT_ACCEPT', `${id}-accept`, { requestEventId: id });
    return issued;
  }
}

/** `event.data` of USIG_REG_REQUEST about a person of the population. */
export function regRequest(person: Person, change: object = {}, identification = 'ONSITE') {
  const { passport } = person;
  const organisation = defaultPopulation.organisation(person.employerIndex);
  const owner = {
    ФИО: fullName(person),
    Фамилия: person.lastName,
    Имя: person.firstName,
    Отчество: person.patronymic,
    Пол: person.gender === 'MALE' ? 'М' : 'Ж',
    ДатаРождения: person.birthDate.split('-').reverse().join('.'),
    МестоРождения: person.birthPlace,
    СНИЛС: person.snils,
    ИНН: person.inn,
    Паспорт: {
      Серия: passport.series,
      Номер: passport.number,
      КемВыдан: passport.issuedBy,
      ДатаВыдачи: passport.issuedDate.split('-').reverse().join('.'),
      КодПодразделения: passport.departmentCode,
    },
    Телефон: `+${person.phone}`,
    Email: person.email,
    ...change,
  };
  const { name: Наименование, inn: ИНН, ogrn: ОГРН } = organisation;
  return { ВладельцыЭП: [owner], ТипИдентификации: identification, Организация: { Наименование, ИНН, ОГРН } };
}

/** Body of a Контур application about a person of the population. */
export function konturRequest(person: Person, change: object = {}) {
  const { lastName, firstName, patronymic, gender, birthDate, birthPlace, snils, inn, phone, email } = person;
  const owner = { lastName, firstName, patronymic, gender, birthDate, birthPlace, snils, inn, phone, email };
  return { ...owner, identificationType: 'ONSITE', ...change };
}
