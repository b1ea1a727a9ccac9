import { escapeHtml } from './escape-html.js';

/** Headers of every page. Forms post to this host, and the answers redirect anywhere, so `form-action` is left out. */
export const HTML_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

const STYLE = `
  body { font: 1rem/1.5 system-ui, sans-serif; color: #0b1f33; background: #edf2fe; margin: 0; }
  main { max-width: 26rem; margin: 3rem auto; padding: 2rem; background: #fff; border-radius: 0.75rem; }
  h1 { font-size: 1.5rem; margin: 0 0 1rem; }
  label { display: block; margin-top: 1rem; }
  input { box-sizing: border-box; width: 100%; font: inherit; padding: 0.6rem; border: 1px solid #66727f; border-radius: 0.4rem; }
  input[type=radio] { width: auto; }
  fieldset { border: 1px solid #66727f; border-radius: 0.4rem; margin-top: 1rem; }
  button { font: inherit; margin-top: 1.5rem; padding: 0.6rem 1.5rem; border: 2px solid #0b40b3; border-radius: 0.4rem; background: #0b40b3; color: #fff; }
  button.secondary { background: #fff; color: #0b40b3; }
  :focus-visible { outline: 3px solid #ee3f58; outline-offset: 2px; }
  .alert { border-left: 4px solid #b3001b; padding-left: 0.75rem; }
  footer { max-width: 26rem; margin: 0 auto; font-size: 0.875rem; text-align: center; color: #3d4c5c; }
`;

/** A whole page in Russian; `body` is ready HTML. */
export function page(title: string, body: string): string {
  return `<!DOCTYPE html>
<html lang="ru">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
<footer>Эмулятор ЕСИА испытательного полигона. Это не Госуслуги: не вводите настоящие данные.</footer>
</body>
</html>
`;
}
