/**
 * Words of the parameter `prompt` (OpenID Connect Core 1.0, 3.1.2.1): `login` asks for the login again although a session lives, `consent` for
 * the consent again, `none` forbids every page, `select_account` shows the login page.
 */
export const PROMPTS = ['none', 'login', 'consent', 'select_account'] as const;

export type PromptWord = (typeof PROMPTS)[number];

/** Words of a `prompt`; undefined when one is unknown or `none` is not alone. */
export function readPrompt(text: string | undefined): readonly PromptWord[] | undefined {
  const words = (text ?? '').split(' ').filter((word) => word !== '');
  const isKnown = words.every((word): word is PromptWord => PROMPTS.includes(word as PromptWord));
  if (!isKnown || (words.includes('none') && words.length > 1)) return undefined;
  return words;
}

/** Whether a live session may not be used. */
export const isLoginForced = (prompts: readonly PromptWord[]): boolean =>
  prompts.includes('login') || prompts.includes('select_account');
