import { WireReply, type ErrorCatalogue, type FailureDetail } from '@poligon/emulator-kit';
import { cp1251 } from '../http/cp1251.js';
import { httpErrors } from '../http/http.errors.js';

const OWN_PATH = /^\/+bitrix\/admin\/1c_exchange\.php(\?|$)/;
/** A site of Bitrix answers in this character set (1c.md 2.6). */
export const SITE_TEXT = 'text/plain; charset=windows-1251';

/** Texts after `failure`; `detail.message` replaces them. */
const TEXTS: Readonly<Record<string, string>> = {
  'not-authorised': 'Ошибка авторизации. Неверное имя пользователя или пароль.',
  'bad-source': 'Ошибка проверки источника запроса. Обновите модуль обмена.',
  'unknown-mode': 'Неизвестная команда.',
  'no-file-name': 'Не указано имя файла.',
  'file-missing': 'Файл не найден.',
  'file-too-large': 'Размер файла превышает допустимый.',
  'bad-document': 'Ошибка разбора файла: неверный формат XML.',
  'import-failed': 'Ошибка импорта.',
};

/** Lines of an answer as the site sends them: plain text, one after another. */
export function siteLines(...lines: readonly string[]): WireReply {
  return new WireReply(200, { 'content-type': SITE_TEXT }, cp1251(lines.join('\n')));
}

/** Refusals of the site: `failure` with a text under status 200 (1c.md 2.6, 3). */
export const commercemlErrors: ErrorCatalogue = {
  protocol: 'commerceml',
  names: [...Object.keys(TEXTS), ...httpErrors.names],
  problems: {
    ...httpErrors.problems,
    malformed: 'bad-document',
    invalid: 'unknown-mode',
    'too-large': 'file-too-large',
    internal: 'import-failed',
  },
  owns: ({ url }) => OWN_PATH.test(url),
  render: (name, detail, call) =>
    Object.hasOwn(TEXTS, name) ? siteLines('failure', textOf(name, detail)) : httpErrors.render(name, detail, call),
};

function textOf(name: string, { message }: FailureDetail): string {
  return typeof message === 'string' && message !== '' ? message : TEXTS[name]!;
}
