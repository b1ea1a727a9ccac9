import { WireReply, type ErrorCatalogue, type FailureDetail } from '@poligon/emulator-kit';

/** Section 3, profile `kontur`; the last four entries stand for what the section does not name. */
const ENTRIES = {
  phone_required: [400, 'Не указан телефон'],
  phone_not_mobile: [400, 'Телефон должен быть мобильным'],
  invalid_code: [400, 'Неверный код'],
  code_expired: [410, 'Срок действия кода истёк'],
  too_many_attempts: [429, 'Попытки ввода кода исчерпаны'],
  resend_too_early: [429, 'Повторная отправка пока невозможна'],
  unauthorized: [401, 'Требуется действительный ключ доступа'],
  not_found: [404, 'Не найдено'],
  wrong_state: [409, 'Операция недоступна в текущем состоянии'],
  bad_request: [400, 'Некорректный запрос'],
  payload_too_large: [413, 'Слишком большой запрос'],
  overloaded: [503, 'Сервис перегружен'],
  internal: [500, 'Внутренняя ошибка'],
} as const;

type KonturErrorName = keyof typeof ENTRIES;

function render(name: KonturErrorName, { text, reason, retryAfterSeconds }: FailureDetail): WireReply {
  const [status, standard] = ENTRIES[name];
  const particular = text ?? (name === 'bad_request' ? reason : undefined);
  const error = { code: name, text: typeof particular === 'string' ? particular : standard };
  const reply = WireReply.json({ error }, status);
  if (typeof retryAfterSeconds !== 'number') return reply;
  return new WireReply(status, { ...reply.headers, 'retry-after': String(retryAfterSeconds) }, reply.body);
}

/** Errors of the Контур profile. */
export const konturErrors: ErrorCatalogue = {
  protocol: 'kontur',
  names: Object.keys(ENTRIES),
  problems: {
    malformed: 'bad_request',
    invalid: 'bad_request',
    'too-large': 'payload_too_large',
    'media-type': 'bad_request',
    'unknown-path': 'not_found',
    'wrong-method': 'not_found',
    unavailable: 'overloaded',
    internal: 'internal',
  },
  owns: ({ url }) => url.startsWith('/kontur/'),
  render: (name, detail) => render(name as KonturErrorName, detail),
};
