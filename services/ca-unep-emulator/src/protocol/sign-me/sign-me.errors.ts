import { WireReply, type ErrorCatalogue } from '@poligon/emulator-kit';

const ENTRIES = {
  bad_request: [400, 'Некорректный запрос'],
  unauthorized: [403, 'Неверный ключ API'],
  not_found: [404, 'Не найдено'],
  wrong_state: [409, 'Операция недоступна'],
  overloaded: [503, 'Сервис перегружен'],
  internal: [500, 'Внутренняя ошибка'],
} as const;

/** Errors of the Sign.Me profile: statuses and texts are assumptions (section 3 names only fields in use). */
export const signMeErrors: ErrorCatalogue = {
  protocol: 'sign-me',
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
  owns: ({ url }) => /^\/(register|signapi|signme)\//.test(url),
  render: (name, { text }) => {
    const [status, standard] = ENTRIES[name as keyof typeof ENTRIES];
    return WireReply.json({ error: typeof text === 'string' ? text : standard }, status);
  },
};
