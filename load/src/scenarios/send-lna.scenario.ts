import type { LnaInput, SendTaskItem } from '@poligon/hrlink-api';
import { readLiteral } from '@poligon/hrlink-api';
import { OperationFailure } from '../hrlink/hrlink.errors.js';
import { pollUntil } from './poll-until.js';
import type { Scenario, ScenarioContext } from './scenario.js';
import { polling } from './scenario.js';
import { documentDate, uploadFile } from './send-to-signing.js';
import { documentNumber, homeOf, signerOf } from './world.js';

/** HR publishes a local regulation and sends it to several employees; done when every copy exists (4.3 b). */
export const sendLna: Scenario = {
  id: 'send-lna',
  async run(context) {
    const { hr, world, ordinal, settings, clock } = context;
    const fileId = await uploadFile(hr, world);
    const input: LnaInput = {
      name: `ЛНА ${documentNumber(world, 'L', ordinal)}`,
      typeId: world.documentTypeId,
      effectiveDate: documentDate(clock.now()),
      version: '1',
      legalEntityId: homeOf(world).legalEntityId,
      fileId,
      approvalRequired: false,
    };
    const lnaId = (await hr.call('lna.create', { body: input })).need('id');
    const count = Math.min(settings.lnaRecipients, world.signers.length);
    const recipients = Array.from({ length: count }, (_, nth) => signerOf(world, ordinal * count + nth));
    context.concerns(recipients.map(({ person }) => person));
    const employeeIds = recipients.map(({ employeeId }) => employeeId);
    const task = await hr.call('lna.send', { path: { id: lnaId }, body: { employeeIds } });
    context.accepted();
    await waitUntilDelivered(context, task.need('id'));
  },
};

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
