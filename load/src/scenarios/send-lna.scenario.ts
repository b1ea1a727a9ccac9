import type { LnaInput, SendTaskItem } from '@poligon/hrlink-api';
import { readLiteral } from '@poligon/hrlink-api';
import { OperationFailure } from '../hrlink/hrlink.errors.js';
import { pollUntil } from './poll-until.js';
import type { Scenario, ScenarioContext } from './scenario.js';
import { polling } from './scenario.js';
import { documentDate, uploadFile } from './send-to-signing.js';
import { documentNumber, documentTypeOf, fileOf, legalEntityOf, recipientOf } from './world.js';

/** HR publishes a local regulation and sends it to several employees; done when every copy exists (4.3 b). */
export const sendLna: Scenario = {
  id: 'send-lna',
  async run(context) {
    const { hr, world, ordinal, clock } = context;
    const recipients = recipientsOf(context);
    const fileId = await uploadFile(hr, fileOf(world, 'send-lna', ordinal));
    const input: LnaInput = {
      name: `ЛНА ${documentNumber(world, 'L', ordinal)}`,
      typeId: documentTypeOf(world, 'send-lna', ordinal),
      effectiveDate: documentDate(clock.now()),
      version: '1',
      legalEntityId: legalEntityOf(world, recipients[0] ?? {}),
      fileId,
      approvalRequired: false,
    };
    const lnaId = (await hr.call('lna.create', { body: input })).need('id');
    context.concerns(recipients.flatMap(({ person }) => person ?? []));
    const employeeIds = recipients.map(({ employeeId }) => employeeId);
    const task = await hr.call('lna.send', { path: { id: lnaId }, body: { employeeIds } });
    context.accepted();
    await waitUntilDelivered(context, task.need('id'));
  },
};

/** A legal entity publishes for its own employees: of people of several, those of the first one's get it. */
function recipientsOf({ world, ordinal, settings }: ScenarioContext) {
  const all = world.feeds.recipients?.size ?? world.signers.length;
  const count = Math.min(settings.lnaRecipients, all);
  const drawn = Array.from({ length: count }, (_, nth) => recipientOf(world, 'send-lna', ordinal, { nth, count }));
  const own = drawn.filter((each) => legalEntityOf(world, each) === legalEntityOf(world, drawn[0] ?? {}));
  return [...new Map(own.map((each) => [each.employeeId, each])).values()];
}

async function waitUntilDelivered(context: ScenarioContext, id: string): Promise<void> {
  await pollUntil(polling(context), 'lna delivered', async () => {
    const answer = await context.hr.call('lna.sendTask', { path: { id } });
    const state = readLiteral(context.hr.profile, 'taskState', answer.get('state'));
    if (state === 'FAILED') throw new OperationFailure('lna task FAILED');
    if (state !== 'FINISHED') return undefined;
    const refused = (answer.get<SendTaskItem[]>('items') ?? []).find((item) => item.errorMessage);
    if (refused) throw new OperationFailure('lna copy refused', refused.errorMessage);
    return true;
  });
}
