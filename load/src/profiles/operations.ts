/** The five business operations of the customer's profile, in the order of its tables. */
export const OPERATION_IDS = ['send-document', 'send-lna', 'application-unep', 'issue-unep', 'sign-unep'] as const;

export type OperationId = (typeof OPERATION_IDS)[number];

/** Descriptions as the customer's profile words them (spec 3.1), and their English counterparts. */
export const OPERATION_TITLES: Record<OperationId, { ru: string; en: string }> = {
  'send-document': {
    ru: 'Создание и отправка на подписание документа',
    en: 'Create a document and send it for signing',
  },
  'send-lna': { ru: 'Отправка ЛНА', en: 'Send a local regulation to employees' },
  'application-unep': {
    ru: 'Создание и отправка на подписание заявления + подписание УНЭП',
    en: 'Create an application and sign it with UNEP',
  },
  'issue-unep': { ru: 'Выпуск УНЭП', en: 'Issue UNEP to a new employee' },
  'sign-unep': { ru: 'Подписание документа УНЭП', en: 'Sign a document with UNEP' },
};
