import type { Language } from '../run-options.js';

const UNITS: Record<Language, readonly [hours: string, minutes: string, seconds: string]> = {
  ru: ['ч', 'мин', 'с'],
  en: ['h', 'min', 's'],
};

/** `2 ч 50 мин`, `45 с`: a duration as people write it; seconds only below an hour. */
export function durationWords(ms: number, language: Language): string {
  const total = Math.max(0, Math.round(ms / 1000));
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const [hourWord, minuteWord, secondWord] = UNITS[language];
  const parts = [
    hours > 0 ? `${hours} ${hourWord}` : '',
    minutes > 0 ? `${minutes} ${minuteWord}` : '',
    seconds > 0 && hours === 0 ? `${seconds} ${secondWord}` : '',
  ].filter((part) => part !== '');
  return parts.length > 0 ? parts.join(' ') : `0 ${secondWord}`;
}
