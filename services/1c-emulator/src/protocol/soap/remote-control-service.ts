import type { SoapHandlers } from './soap-handlers.js';

/** RemoteControl: what a watchdog asks the infobase for (1c.md 2.4). */
export const remoteControlMethods: SoapHandlers = {
  GetCurrentState: () => ({ returns: 'Ready' }),
};
