/** Reasons an issue request ends without a certificate, with the texts people see (section 3, both authorities). */
export const REJECTION_TEXTS = {
  STOP_LIST: 'Стоп-лист',
  SNILS_INN_ERROR: 'Ошибка в данных СНИЛС/ИНН',
  DECLINED_BY_EMPLOYEE: 'Отклонено сотрудником',
  DATA_ERROR: 'Ошибка в данных заявки',
  GOSUSLUGI_TIMEOUT: 'Истёк срок подтверждения',
} as const;

export type RejectionCode = keyof typeof REJECTION_TEXTS;

export const REJECTION_CODES = Object.keys(REJECTION_TEXTS) as [RejectionCode, ...RejectionCode[]];

/** A reason as it goes over the wire. */
export interface Rejection {
  readonly code: RejectionCode;
  readonly text: string;
}

export const rejection = (code: RejectionCode): Rejection => ({ code, text: REJECTION_TEXTS[code] });

/** The reason an employer's cancellation stands for: its code or its text, else the employee declined. */
export function cancellationReason(given: string | undefined): Rejection {
  const isDataError = given === 'DATA_ERROR' || given === REJECTION_TEXTS.DATA_ERROR;
  return rejection(isDataError ? 'DATA_ERROR' : 'DECLINED_BY_EMPLOYEE');
}
