import type { NqesState } from '@poligon/hrlink-api';
import { literal, readLiteral } from '@poligon/hrlink-api';
import type { Person } from '@poligon/people';
import type { Answer, HrlinkCaller } from '../hrlink/hrlink-caller.js';
import { OperationFailure } from '../hrlink/hrlink.errors.js';
import { credentialsOf } from './employee-desk.js';
import { pollUntil } from './poll-until.js';
import type { ScenarioContext } from './scenario.js';
import { polling, think } from './scenario.js';

/** A person HR has entered and who has not been in HRLink yet. */
export interface Newcomer {
  person: Person;
  clientUserId: string;
}

const DEAD_ENDS: readonly NqesState[] = ['STOP_LIST', 'SNILS_INN_ERROR', 'DECLINED', 'DATA_ERROR', 'EXPIRED'];

/** HR invites; the person opens the link from the text message and chooses a password (4.3 d, steps 3–4). */
export async function acceptInvitation(context: ScenarioContext, newcomer: Newcomer): Promise<HrlinkCaller> {
  const { hr, inbox, desk, clock, signal } = context;
  const { person, clientUserId } = newcomer;
  const since = clock.now();
  const channel = literal(hr.profile, 'channel', 'SMS');
  await hr.call('user.invite', { path: { clientUserId }, body: { channel, signingMethods: [] } });
  const link = await inbox.link({ phone: person.phone, since, signal });
  const token = new URL(link).pathname.split('/').filter(Boolean).pop() ?? '';
  if (token === '') throw new OperationFailure('invitation link without token');
  await think(context);
  const answer = await hr.call('invitation.accept', {
    path: { token },
    body: {
      passportLastDigits: person.passport.number.slice(-4),
      consent: true,
      password: credentialsOf(person).password,
    },
  });
  return context.within(desk.welcome(person, answer.raw));
}

/** HR requests the certificate, the employee confirms it as the CA in use demands, until it is issued (steps 5–11). */
export async function issueCertificate(
  context: ScenarioContext,
  newcomer: Newcomer,
  employee: HrlinkCaller,
  identification: 'ONSITE' | 'REMOTE',
): Promise<void> {
  const { hr, clock } = context;
  const since = clock.now();
  const request = await hr.call('nqes.request', {
    path: { clientUserId: newcomer.clientUserId },
    body: {
      identificationType: literal(hr.profile, 'identificationType', identification),
      codeChannel: literal(hr.profile, 'channel', 'SMS'),
    },
  });
  context.accepted();
  const id = request.need('id');
  const style = (await employee.call('nqes.get', { path: { id } })).get<string>('caStyle') ?? 'astral';
  if (style === 'kontur') await employee.call('nqes.sendCode', { path: { id } });
  const code = await context.inbox.code({ phone: newcomer.person.phone, since, signal: context.signal });
  await think(context);
  await employee.call('nqes.confirm', { path: { id }, body: { code } });
  if (identification === 'REMOTE') await context.identifyRemotely(employee, id, newcomer.person);
  await waitUntilIssued(context, employee, id);
}

async function waitUntilIssued(context: ScenarioContext, employee: HrlinkCaller, id: string): Promise<void> {
  let accepted = false;
  await pollUntil(polling(context), 'certificate issued', async () => {
    const state = nqesState(await employee.call('nqes.get', { path: { id } }));
    if (state === 'ON_REVIEW' && !accepted) {
      accepted = true;
      await think(context);
      await employee.call('nqes.accept', { path: { id } });
    }
    return state === 'ISSUED' ? true : undefined;
  });

  function nqesState(answer: Answer): NqesState | undefined {
    const state = readLiteral(employee.profile, 'nqesState', answer.get('state'));
    if (state && DEAD_ENDS.includes(state)) throw new OperationFailure(`certificate ${state}`);
    return state;
  }
}
