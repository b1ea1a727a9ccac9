import { escapeHtml } from './escape-html.js';
import { page } from './page-layout.js';

/** What the login page shows. */
export interface LoginPageModel {
  readonly clientId: string;
  /** What was typed before, when the page is shown again. */
  readonly login: string;
  readonly problem: string | undefined;
}

/** Login form: `login` and `password` are posted to `/login`. */
export function loginPage({ clientId, login, problem }: LoginPageModel): string {
  const alert = problem === undefined ? '' : `<p class="alert" role="alert" id="problem">${escapeHtml(problem)}</p>`;
  const mark = problem === undefined ? '' : ' aria-invalid="true" aria-describedby="problem"';
  return page(
    'Вход',
    `<p>Система «${escapeHtml(clientId)}» просит вас войти.</p>
${alert}
<form method="post" action="/login">
<label for="login">Телефон, почта или СНИЛС</label>
<input id="login" name="login" type="text" autocomplete="username" required autofocus value="${escapeHtml(login)}"${mark}>
<label for="password">Пароль</label>
<input id="password" name="password" type="password" autocomplete="current-password" required${mark}>
<button type="submit">Войти</button>
</form>`,
  );
}

/** Page after a logout without an address to return to. */
export function loggedOutPage(): string {
  return page('Вы вышли', '<p role="status">Сеанс завершён.</p>');
}
