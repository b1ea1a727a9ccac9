import type { Message } from '../domain/message.js';
import type { MessageFilter } from './message.store.js';

/** A predicate that holds when every condition of the filter does. */
export function messageMatcher(filter: MessageFilter): (message: Message) => boolean {
  const { fromMs, toMs } = filter;
  const text = filter.text?.toLowerCase();
  const exact = (['phone', 'dialect', 'account', 'sender', 'state'] as const).filter(
    (field) => filter[field] !== undefined,
  );
  return (message) =>
    exact.every((field) => message[field] === filter[field]) &&
    (fromMs === undefined || message.acceptedAtMs >= fromMs) &&
    (toMs === undefined || message.acceptedAtMs <= toMs) &&
    (text === undefined || message.text.toLowerCase().includes(text));
}
