import { WireReply, type ErrorCatalogue, type FailureDetail } from '@poligon/emulator-kit';

/** Section 3, profile `astral`: `status` repeats the HTTP status; the default text is free. */
const ENTRIES = {
  bad_request: [400, 'некорректный запрос'],
  unauthorized: [401, 'требуется действительный токен'],
  not_found: [404, 'не найдено'],
  wrong_state: [409, 'операция недоступна в текущем состоянии'],
  overloaded: [500, 'сервис перегружен'],
  internal: [500, 'внутренняя ошибка'],
} as const;

type AstralErrorName = keyof typeof ENTRIES;

function render(name: AstralErrorName, { text, reason }: FailureDetail): WireReply {
  const [status, standard] = ENTRIES[name];
  const particular = text ?? (name === 'bad_request' ? reason : undefined);
  return WireReply.json(
    { status: String(status), message: typeof particular === 'string' ? particular : standard },
    status,
  );
}

/** Errors of the Астрал profile. */
export const astralErrors: ErrorCatalogue = {
  protocol: 'astral',
  names: Object.keys(ENTRIES),
  problems: {
    malformed: 'bad_request',
    invalid: 'bad_request',
    'too-large': 'bad_request',
    'media-type': 'bad_request',
    'unknown-path': 'not_found',
    'wrong-method': 'not_found',
    unavailable: 'overloaded',
    internal: 'internal',
  },
  owns: ({ url }) => url.startsWith('/astral/'),
  render: (name, detail) => render(name as AstralErrorName, detail),
};
