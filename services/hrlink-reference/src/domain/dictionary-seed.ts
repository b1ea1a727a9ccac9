import { HEAD_ROLE_ID, HR_ROLE_ID, routeByKey } from './route-seed.js';
import { stableId } from './stable-id.js';

export interface DocumentType {
  readonly id: string;
  readonly name: string;
  readonly externalId: string;
}

export interface EmployeeRole {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

export interface ApplicationType {
  readonly id: string;
  readonly name: string;
  /** Code of the Минтруд document list; decides whether ПЭП may sign (spec 90.428). */
  readonly mintrudCode: string;
  readonly isTemplatable: boolean;
  readonly fields: readonly { key: string; label: string; type: string; isEventDate: boolean }[];
  readonly routeId: string;
}

const documentType = (externalId: string, name: string): DocumentType => ({
  id: stableId('document-type', externalId),
  name,
  externalId,
});

export const DOCUMENT_TYPES: readonly DocumentType[] = [
  documentType('employment-contract', 'Трудовой договор'),
  documentType('additional-agreement', 'Дополнительное соглашение'),
  documentType('order', 'Приказ'),
  documentType('vacation-notice', 'Уведомление о начале отпуска'),
  documentType('payslip', 'Расчётный листок'),
  documentType('acquaintance', 'Лист ознакомления'),
  documentType('lna', 'Локальный нормативный акт'),
  documentType('consent', 'Согласие на обработку персональных данных'),
  documentType('other', 'Прочий документ'),
];

export const EMPLOYEE_ROLES: readonly EmployeeRole[] = [
  { id: HEAD_ROLE_ID, name: 'ekd.roles.employee.head.name', description: 'Руководитель' },
  { id: HR_ROLE_ID, name: 'ekd.roles.employee.hr.name', description: 'Кадровик' },
];

const START = { key: 'startDate', label: 'Дата начала', type: 'DATE', isEventDate: true };
const END = { key: 'endDate', label: 'Дата окончания', type: 'DATE', isEventDate: true };
const DAYS = { key: 'dayCount', label: 'Количество дней', type: 'NUMBER', isEventDate: false };

function applicationType(
  key: string,
  name: string,
  more: Pick<ApplicationType, 'mintrudCode' | 'fields'> & { route: string },
) {
  return {
    id: stableId('application-type', key),
    name,
    mintrudCode: more.mintrudCode,
    isTemplatable: more.fields.length > 0,
    fields: more.fields,
    routeId: routeByKey(more.route)?.id ?? '',
  };
}

export const APPLICATION_TYPES: readonly ApplicationType[] = [
  applicationType('vacation', 'Ежегодный оплачиваемый отпуск', {
    mintrudCode: '05.001',
    fields: [START, END, DAYS],
    route: 'APPROVER_AND_HR',
  }),
  applicationType('unpaid-leave', 'Отпуск без сохранения заработной платы', {
    mintrudCode: '05.002',
    fields: [START, END],
    route: 'EMPLOYEE_DEPARTMENT_HEAD_MANAGER_AND_HR',
  }),
  applicationType('certificate', 'Справка с места работы', {
    mintrudCode: '09.001',
    fields: [],
    route: 'ONLY_HR',
  }),
  applicationType('dismissal', 'Увольнение по собственному желанию', {
    mintrudCode: '06.001',
    fields: [START],
    route: 'TWO_APPROVER_AND_HR',
  }),
  applicationType('from-file', 'Загрузка из файла', { mintrudCode: '99.001', fields: [], route: 'APPROVER_AND_HR' }),
];

/** Минтруд codes whose documents ПЭП must not sign [V]. */
export const SES_FORBIDDEN_CODES: ReadonlySet<string> = new Set([
  '01.006',
  '01.008',
  '03.001',
  '03.003',
  '03.004',
  '06.001',
  '10.001',
  '10.011',
]);
