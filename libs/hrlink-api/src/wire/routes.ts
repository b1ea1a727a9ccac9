/** Wire shapes of section 2.5: signing routes. */
export interface RouteParticipant {
  id: string;
  templateStageId: string;
  type: 'EMPLOYEE' | 'EMPLOYER' | 'FIXED_EMPLOYEE' | 'SELECTABLE_EMPLOYEE' | 'ROLE' | 'RESPONSIBLE';
  actionType: 'SIGNING' | 'APPROVING' | 'RECEIVING' | 'PROCESSING';
  signingType: 'SES' | 'CLOUD_NQES' | 'QES' | 'PRR' | 'GOV_KEY' | 'ANY_APPLICABLE' | null;
  placeholder: string | null;
  employee: Record<string, unknown> | null;
  isMultipleSigners: boolean;
  autoSelectRuleType: string | null;
  relatedParticipantId: string | null;
  required: boolean;
  unchangeable: boolean;
  version: number;
}

export interface RouteStage {
  id: string;
  signingRouteTemplateId: string;
  indexNumber: number;
  type: 'SIGNING' | 'RECEIVING';
  completenessCondition: 'ALL' | 'ANY';
  responsibleEnabled: boolean;
  canDeleteBeforeStageCompleted: boolean;
  participants: RouteParticipant[];
  version: number;
}

export interface RouteTemplate {
  id: string;
  clientId: string;
  name: string;
  signingObjectType: 'DOCUMENT' | 'APPLICATION';
  externalId: string | null;
  templateKey: string;
  createdDate: string;
  deactivatedDate: string | null;
  stages: RouteStage[];
  legalEntities: { id: string; name: string; shortName: string; externalId: string | null }[];
  version: number;
}

export interface DocumentType {
  id: string;
  name: string;
  visible: boolean;
  system: boolean;
  externalId: string | null;
  version: number;
}
