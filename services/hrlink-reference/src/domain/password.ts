import { scryptSync, timingSafeEqual } from 'node:crypto';

/** Password rule of spec 2.2 [V]: at least 8 characters with an upper, a lower, a digit and a special one. */
export function isStrongPassword(password: string): boolean {
  const classes = [/\p{Lu}/u, /\p{Ll}/u, /\d/, /[^\p{L}\d\s]/u];
  return password.length >= 8 && password.length <= 256 && classes.every((pattern) => pattern.test(password));
}

// Synthetic people on a test range: cost is kept low so that logins measure the write pool, not the host's CPU.
const COST = { N: 16, r: 1, p: 1 };

/** Salted digest of a password, `salt:hash` in hex. */
export function digestPassword(password: string, salt: string): string {
  return `${salt}:${scryptSync(password, salt, 16, COST).toString('hex')}`;
}

export function isPassword(password: string, digest: string): boolean {
  const salt = digest.slice(0, digest.indexOf(':'));
  const given = Buffer.from(digestPassword(password, salt));
  const stored = Buffer.from(digest);
  return given.length === stored.length && timingSafeEqual(given, stored);
}
