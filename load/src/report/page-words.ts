import type { Language } from '../run-options.js';

/** Words of the page's own controls. */
export const PAGE_WORDS: Record<Language, Record<'enlarge' | 'zoom' | 'back' | 'reset' | 'close' | 'theme', string>> = {
  ru: {
    enlarge: 'Открыть крупно, с масштабом',
    zoom: 'выделить участок',
    back: 'шаг назад',
    reset: 'весь тест',
    close: 'Закрыть',
    theme: 'Тема',
  },
  en: {
    enlarge: 'Open large, with zoom',
    zoom: 'select a stretch',
    back: 'one step back',
    reset: 'whole test',
    close: 'Close',
    theme: 'Theme',
  },
};
