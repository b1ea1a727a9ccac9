import { literal } from '@poligon/hrlink-api';
import type { Person } from '@poligon/people';
import type { HrlinkCaller } from '../hrlink/hrlink-caller.js';
import type { ScenarioContext } from './scenario.js';
import { think } from './scenario.js';

export interface CloudSignature {
  op: 'document.sign' | 'application.sign';
  /** Id of the document or application. */
  id: string;
  /** Number the code's text message mentions: a code of another document must not be taken. */
  number: string;
  person: Person;
}

/** Asks for a signature with the employee's certificate, reads the code on the phone and confirms (4.3 e, steps 2–5). */
export async function signWithCode(
  context: ScenarioContext,
  employee: HrlinkCaller,
  signature: CloudSignature,
): Promise<void> {
  const since = context.clock.now();
  const body = { signingType: literal(employee.profile, 'signingType', 'CLOUD_NQES') };
  const signing = await employee.call(signature.op, { path: { id: signature.id }, body });
  if (signature.op === 'document.sign') context.accepted();
  const code = await context.inbox.code({
    phone: signature.person.phone,
    contains: signature.number,
    since,
    signal: context.signal,
  });
  await think(context);
  await employee.call('signing.confirm', { path: { id: signing.need('id') }, body: { code } });
}
