import type {
  Application,
  ApplicationGroupInput,
  ApplicationTemplateField,
  ApplicationType,
  Colleague,
} from '@poligon/hrlink-api';
import type { HrlinkCaller } from '../hrlink/hrlink-caller.js';
import { OperationFailure } from '../hrlink/hrlink.errors.js';
import { pollUntil } from './poll-until.js';
import type { Scenario, ScenarioContext } from './scenario.js';
import { polling, think } from './scenario.js';
import { documentDate, uploadFile } from './send-to-signing.js';
import { signWithCode } from './sign-with-code.js';
import type { Signer } from './world.js';
import { documentNumber, fileOf, legalEntityOf, signerOf } from './world.js';

/** An employee creates an application and signs it; done when submitted, or processed when the profile says so (4.3 c). */
export const applicationUnep: Scenario = {
  id: 'application-unep',
  async run(context) {
    const { world, ordinal, desk, settings } = context;
    const signer = signerOf(world, ordinal);
    context.subject(signer.person);
    const employee = context.within(await desk.caller(signer.person, context.trace));
    const type = await chooseType(context, employee);
    const number = documentNumber(world, 'Z', ordinal);
    const input = await describeApplication(context, employee, { type, number, signer });
    const created = await employee.call('applicationGroups.create', { body: input });
    context.accepted();
    const id = created.need('applicationId');
    await waitUntilConverted(context, employee, id);
    await think(context);
    await signWithCode(context, employee, { op: 'application.sign', id, number, person: signer.person });
    await pollUntil(polling(context), 'application signed', async () => {
      const { signers } = await readApplication(employee, id);
      const own = signers.find((each) => each.employee?.id === signer.employeeId) ?? signers[0];
      return own?.signedDate ?? undefined;
    });
    if (settings.processApplications) await carryOn(context, id);
  },
};

async function chooseType(context: ScenarioContext, employee: HrlinkCaller): Promise<ApplicationType> {
  const types = (await employee.call('applicationTypes')).need<ApplicationType[]>('items');
  const wanted = types.find((type) => type.id === context.world.applicationType?.id);
  if (!wanted) throw new OperationFailure('application type not offered');
  return wanted;
}

async function describeApplication(
  context: ScenarioContext,
  employee: HrlinkCaller,
  what: { type: ApplicationType; number: string; signer: Signer },
): Promise<ApplicationGroupInput> {
  const { type, number, signer } = what;
  const fileId = type.templatable
    ? undefined
    : await uploadFile(employee, fileOf(context.world, 'application-unep', context.ordinal));
  return {
    applicationTypeId: type.id,
    employeeId: signer.employeeId,
    legalEntityId: legalEntityOf(context.world, signer),
    date: documentDate(context.clock.now()),
    number,
    externalId: number,
    fileId,
    templateFields: type.templateFields
      .filter((field) => field.required && field.specifiedByUser)
      .map((field) => ({ substitutionKey: field.substitutionKey, value: fieldValue(field, context) })),
    participants: await chooseApprovers(context, employee, type),
  };
}

/** Another signer of the run stands for every approver the route lets the applicant choose: we can act for him later. */
async function chooseApprovers(context: ScenarioContext, employee: HrlinkCaller, type: ApplicationType) {
  const stages = type.signingRouteTemplate?.stages ?? [];
  const open = stages.flatMap((stage) => stage.participants).filter((each) => each.type === 'SELECTABLE_EMPLOYEE');
  if (open.length === 0) return undefined;
  const { employeeId } = approverFor(context);
  const colleagues = (await employee.call('colleagues')).need<Colleague[]>('items');
  if (!colleagues.some((colleague) => colleague.id === employeeId)) throw new OperationFailure('approver not offered');
  return open.map((participant) => ({ id: participant.id, employeeId }));
}

function approverFor(context: ScenarioContext): Signer {
  return signerOf(context.world, context.ordinal + 1);
}

function fieldValue(field: ApplicationTemplateField, context: ScenarioContext): string {
  if (field.values.length > 0) return field.values[0] as string;
  if (field.type === 'DATE') return documentDate(context.clock.now());
  return '1';
}

async function waitUntilConverted(context: ScenarioContext, employee: HrlinkCaller, id: string): Promise<void> {
  await pollUntil(polling(context), 'application converted', async () => {
    const application = await readApplication(employee, id);
    if (application.fileConversionFailedDate) throw new OperationFailure('application conversion failed');
    return application.fileProcessedDate ?? undefined;
  });
}

async function readApplication(employee: HrlinkCaller, id: string): Promise<Application> {
  return (await employee.call('application.get', { path: { id } })).need<Application>('application');
}

/** Approvers approve, HR takes the application over and processes it (4.3 c, steps 10–11). */
async function carryOn(context: ScenarioContext, id: string): Promise<void> {
  const { hr, desk } = context;
  const { signers } = await readApplication(hr, id);
  if (signers.some((each) => each.actionType === 'APPROVING')) {
    const approver = context.within(await desk.caller(approverFor(context).person, context.trace));
    await approver.call('application.approve', { path: { id } });
  }
  await hr.call('application.takeResponsibility', { path: { id } });
  await hr.call('application.process', { path: { id } });
  await pollUntil(polling(context), 'application processed', async () => {
    return (await readApplication(hr, id)).docflowFinishedDate ?? undefined;
  });
}
