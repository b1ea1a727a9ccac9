import { defaultPopulation as people } from '@poligon/people';
import { request } from 'undici';
import { EsiaWorld } from '../../services/esia-stub/test/esia-world.js';
import { InformationSystem, makeIdentity } from '../../services/esia-stub/test/information-system.js';
import type { Victim } from './victim.js';

/** A reply; undefined when the service died on the way, so that nobody knows what it did. */
async function call(url: string, method: 'GET' | 'POST' | 'PUT' = 'GET', body?: unknown) {
  const reply = await request(url, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
    headersTimeout: 30_000,
  });
  const text = await reply.body.text();
  return { status: reply.statusCode, body: text.startsWith('{') ? JSON.parse(text) : text };
}

/** One kind of promise: made again and again while services die, checked when they live again. */
export interface Workload {
  readonly about: string;
  /** Makes one promise; true when it was acknowledged. Throws when the service was not there. */
  promise(): Promise<boolean>;
  /** Checks every acknowledged promise; resolves to how many hold. */
  found(): Promise<number>;
}

/** Texts accepted by the SMS gateway. */
export function messages(victim: Victim): Workload {
  const acknowledged: { id: number; phone: string }[] = [];
  let sent = 0;
  return {
    about: 'SMS',
    async promise() {
      sent += 1;
      const phone = people.phoneOf(sent);
      const fields = { login: 'poligon', psw: 'poligon', phones: phone, mes: `Code ${sent}`, fmt: '3' };
      const query = new URLSearchParams(fields).toString();
      const { body } = await call(`${victim.protocolUrl}/sys/send.php?${query}`);
      if (typeof body?.id !== 'number') return false;
      acknowledged.push({ id: body.id, phone });
      return true;
    },
    async found() {
      const { body } = await call(`${victim.adminUrl}/__admin/messages?limit=10000`);
      const kept = new Set((body.messages as { id: number }[]).map(({ id }) => id));
      // One listing ends at ten thousand; those before them are asked for by their phone.
      for (const { id, phone } of acknowledged) {
        if (kept.has(id)) continue;
        const one = await call(`${victim.adminUrl}/__admin/messages?phone=${encodeURIComponent(phone)}`);
        for (const message of one.body.messages as { id: number }[]) kept.add(message.id);
      }
      return acknowledged.filter(({ id }) => kept.has(id)).length;
    },
  };
}

/** Fault rules set at an admin door. */
export function rules(victim: Victim): Workload {
  const acknowledged: string[] = [];
  let put = 0;
  return {
    about: `fault rules of ${victim.name}`,
    async promise() {
      if (put >= 900) return false;
      put += 1;
      const rule = { fault: 'latency', operations: ['nothing.at-all'], options: { ms: put } };
      const { status } = await call(`${victim.adminUrl}/__admin/faults/rule-${put}`, 'PUT', rule);
      if (status !== 200) return false;
      acknowledged.push(`rule-${put}`);
      return true;
    },
    async found() {
      const { body } = await call(`${victim.adminUrl}/__admin/faults`);
      const kept = new Set((body.rules as { id: string }[]).map(({ id }) => id));
      return acknowledged.filter((id) => kept.has(id)).length;
    },
  };
}

/** Certificates issued by the authority, and revocations of every second one. */
export function certificates(victim: Victim): readonly Workload[] {
  const issued: string[] = [];
  const revoked: string[] = [];
  const waiting: string[] = [];
  let person = 0;
  const count = async (serials: readonly string[], isKept: (status: string) => boolean) => {
    let found = 0;
    for (const serial of serials) {
      const { status, body } = await call(`${victim.adminUrl}/__admin/certificates/${serial}`);
      if (status === 200 && isKept(body.status as string)) found += 1;
    }
    return found;
  };
  return [
    {
      about: 'certificates',
      async promise() {
        person += 1;
        const { status } = await call(`${victim.adminUrl}/__admin/certificates/preissue`, 'POST', {
          persons: { from: person, count: 1 },
        });
        if (status !== 200) return false;
        const snils = people.person(person).snils;
        const { body } = await call(
          `${victim.adminUrl}/__admin/certificates?limit=1&snils=${encodeURIComponent(snils)}`,
        );
        const serial = body.certificates[0]?.serialNumber as string;
        issued.push(serial);
        if (person % 2 === 0) waiting.push(serial);
        return true;
      },
      found: () => count(issued, () => true),
    },
    {
      about: 'revocations',
      async promise() {
        const serial = waiting.shift();
        if (serial === undefined) return false;
        const { status } = await call(`${victim.adminUrl}/__admin/certificates/${serial}/revoke`, 'POST', {});
        if (status >= 300) return false;
        revoked.push(serial);
        return true;
      },
      found: () => count(revoked, (status) => status === 'REVOKED'),
    },
  ];
}

/** Codes redeemed at ESIA: none may be redeemed again. */
export async function redemptions(victim: Victim): Promise<Workload> {
  const world = new EsiaWorld(victim as never);
  const system = new InformationSystem('CRASH', makeIdentity('gost2012-256'));
  await world.register(system);
  const redeemed: string[] = [];
  let person = 0;
  return {
    about: 'ESIA redemptions',
    async promise() {
      person += 1;
      const code = (await world.walk(system.authorization(), people.phoneOf(person))).get('code');
      const { status } = await world.te(system.codeForm(code!));
      if (status !== 200) return false;
      redeemed.push(code!);
      return true;
    },
    async found() {
      let found = 0;
      for (const code of redeemed) {
        const { text } = await world.te(system.codeForm(code));
        if (text.includes('ESIA-007011')) found += 1;
      }
      return found;
    },
  };
}
