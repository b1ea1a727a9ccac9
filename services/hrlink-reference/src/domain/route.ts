/** Who acts on a stage of a route (spec 2.5). */
export type ParticipantType =
  'EMPLOYEE' | 'EMPLOYER' | 'FIXED_EMPLOYEE' | 'SELECTABLE_EMPLOYEE' | 'ROLE' | 'RESPONSIBLE';
export type ActionType = 'SIGNING' | 'APPROVING' | 'RECEIVING' | 'PROCESSING';
export type RouteSigningType = 'SES' | 'CLOUD_NQES' | 'QES' | 'PRR' | 'GOV_KEY' | 'ANY_APPLICABLE';

export interface RouteParticipant {
  readonly id: string;
  readonly type: ParticipantType;
  readonly actionType: ActionType;
  readonly signingType: RouteSigningType | null;
  readonly placeholder: string | null;
  readonly roleId: string | null;
  readonly autoSelectRuleType: string | null;
}

export interface RouteStage {
  readonly id: string;
  readonly indexNumber: number;
  readonly type: 'SIGNING' | 'RECEIVING';
  readonly completeness: 'ALL' | 'ANY';
  readonly responsibleEnabled: boolean;
  /** The applicant may still withdraw while the flow has not passed this stage. */
  readonly canDeleteBeforeCompleted: boolean;
  readonly participants: readonly RouteParticipant[];
}

export interface RouteTemplate {
  readonly id: string;
  readonly externalId: string;
  readonly name: string;
  readonly signingObjectType: 'DOCUMENT' | 'APPLICATION';
  readonly templateKey: string;
  readonly stages: readonly RouteStage[];
}
