import type { EngineUnderTest } from '@poligon/testing';

/** Declares a case only memory has: a database is bounded by time, not by number. */
export function inMemory({ name }: EngineUnderTest): (title: string, body: () => Promise<void>) => void {
  return (title, body) => {
    if (name === 'memory') it(title, body);
  };
}
