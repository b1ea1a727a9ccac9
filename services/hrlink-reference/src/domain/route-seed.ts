import type { RouteParticipant, RouteStage, RouteTemplate } from './route.js';
import { stableId } from './stable-id.js';

/** Short marks of a stage's participant: who acts and how. */
const ROLES = {
  employee: { type: 'EMPLOYEE', actionType: 'SIGNING', signingType: 'CLOUD_NQES', placeholder: 'Сотрудник' },
  manager: { type: 'EMPLOYER', actionType: 'SIGNING', signingType: 'QES', placeholder: 'Руководитель' },
  reader: { type: 'EMPLOYEE', actionType: 'RECEIVING', signingType: null, placeholder: 'Сотрудник' },
  applicant: { type: 'EMPLOYEE', actionType: 'SIGNING', signingType: 'ANY_APPLICABLE', placeholder: 'Заявитель' },
  approver: {
    type: 'SELECTABLE_EMPLOYEE',
    actionType: 'APPROVING',
    signingType: 'SES',
    placeholder: 'Согласующий',
  },
  departmentHead: {
    type: 'SELECTABLE_EMPLOYEE',
    actionType: 'APPROVING',
    signingType: 'SES',
    placeholder: 'Руководитель отдела',
    autoSelectRuleType: 'DEPARTMENT_HEAD_MANAGER',
  },
  functionalHead: {
    type: 'SELECTABLE_EMPLOYEE',
    actionType: 'APPROVING',
    signingType: 'SES',
    placeholder: 'Функциональный руководитель',
    autoSelectRuleType: 'FUNCTIONAL_HEAD_MANAGER',
  },
  hr: { type: 'ROLE', actionType: 'PROCESSING', signingType: 'SES', placeholder: 'Кадровик' },
} as const;

type Who = keyof typeof ROLES;

/** templateKey → stages → participants. Every key of spec 2.5 that names its own order. */
const DOCUMENT_ROUTES: Readonly<Record<string, readonly (readonly Who[])[]>> = {
  MANAGER_FIRST: [['manager'], ['employee']],
  EMPLOYEE_FIRST: [['employee'], ['manager']],
  EMPLOYEE_ONLY: [['employee']],
  MANAGER_ONLY: [['manager']],
  TO_INFORM: [['reader']],
  ROUTE: [['manager'], ['employee']],
};

const APPLICATION_ROUTES: Readonly<Record<string, readonly (readonly Who[])[]>> = {
  ONLY_HR: [['applicant'], ['hr']],
  APPROVER_AND_HR: [['applicant'], ['approver'], ['hr']],
  TWO_HR_AND_APPROVER: [['applicant'], ['approver'], ['hr'], ['hr']],
  TWO_APPROVER_AND_HR: [['applicant'], ['approver'], ['approver'], ['hr']],
  EMPLOYEE_DEPARTMENT_HEAD_MANAGER_AND_HR: [['applicant'], ['departmentHead'], ['hr']],
  EMPLOYEE_FUNCTIONAL_HEAD_MANAGER_AND_HR: [['applicant'], ['functionalHead'], ['hr']],
};

export const HR_ROLE_ID = stableId('role', 'hr');
export const HEAD_ROLE_ID = stableId('role', 'head');

function template(
  signingObjectType: 'DOCUMENT' | 'APPLICATION',
  templateKey: string,
  stages: readonly (readonly Who[])[],
): RouteTemplate {
  const id = stableId('route', templateKey);
  return {
    id,
    externalId: `route-${templateKey.toLowerCase().replaceAll('_', '-')}`,
    name: ROUTE_NAMES[templateKey] ?? templateKey,
    signingObjectType,
    templateKey,
    stages: stages.map((who, index) => stage(id, index, who)),
  };
}

function stage(routeId: string, indexNumber: number, who: readonly Who[]): RouteStage {
  return {
    id: stableId('stage', routeId, String(indexNumber)),
    indexNumber,
    type: who.some((mark) => ROLES[mark].actionType === 'RECEIVING') ? 'RECEIVING' : 'SIGNING',
    completeness: who.includes('hr') ? 'ANY' : 'ALL',
    responsibleEnabled: who.includes('hr'),
    canDeleteBeforeCompleted: who.includes('hr'),
    participants: who.map((mark, place) => participant(routeId, `${indexNumber}.${place}`, mark)),
  };
}

function participant(routeId: string, place: string, mark: Who): RouteParticipant {
  const role: Omit<RouteParticipant, 'id' | 'roleId' | 'autoSelectRuleType'> & { autoSelectRuleType?: string } =
    ROLES[mark];
  return {
    autoSelectRuleType: null,
    ...role,
    id: stableId('participant', routeId, place),
    roleId: mark === 'hr' ? HR_ROLE_ID : null,
  };
}

const ROUTE_NAMES: Readonly<Record<string, string>> = {
  MANAGER_FIRST: 'Сначала руководитель',
  EMPLOYEE_FIRST: 'Сначала сотрудник',
  EMPLOYEE_ONLY: 'Только сотрудник',
  MANAGER_ONLY: 'Только руководитель',
  TO_INFORM: 'Для информации',
  ROUTE: 'По маршруту',
  ONLY_HR: 'Кадровик',
  APPROVER_AND_HR: 'Согласующий и кадровик',
  TWO_HR_AND_APPROVER: 'Согласующий и два кадровика',
  TWO_APPROVER_AND_HR: 'Два согласующих и кадровик',
  EMPLOYEE_DEPARTMENT_HEAD_MANAGER_AND_HR: 'Руководитель отдела и кадровик',
  EMPLOYEE_FUNCTIONAL_HEAD_MANAGER_AND_HR: 'Функциональный руководитель и кадровик',
};

/** One route template per templateKey, with ids that never change. */
export const ROUTE_TEMPLATES: readonly RouteTemplate[] = [
  ...Object.entries(DOCUMENT_ROUTES).map(([key, stages]) => template('DOCUMENT', key, stages)),
  ...Object.entries(APPLICATION_ROUTES).map(([key, stages]) => template('APPLICATION', key, stages)),
];

/** The template a request names by id or externalId. */
export function findRoute(id: string | null, externalId: string | null): RouteTemplate | undefined {
  return ROUTE_TEMPLATES.find((route) => route.id === id || route.externalId === externalId);
}

export function routeByKey(templateKey: string): RouteTemplate | undefined {
  return ROUTE_TEMPLATES.find((route) => route.templateKey === templateKey);
}
