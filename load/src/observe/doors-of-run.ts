import type { RunOptions } from '../run-options.js';
import type { AdminDoor } from './admin-door.js';

/** Admin doors of a run, that of the SMS emulator among them. */
export function doorsOf(options: RunOptions): AdminDoor[] {
  const named = options.admins ?? [];
  const doors = named.some((door) => door.name === 'sms') ? named : [{ name: 'sms', url: options.smsAdmin }, ...named];
  return doors.map((door) => ({ token: options.adminToken, ...door }));
}

/** The door one-time codes are read at. */
export function smsDoorOf({ smsAdmin: url, adminToken: token }: RunOptions): AdminDoor {
  return { name: 'the SMS emulator', url, token };
}
