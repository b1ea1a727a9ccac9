/** Every JSON answer carries `result` on top (spec 2.1 [V]). */
export function success<T extends object>(payload: T): { result: true } & T {
  return { result: true, ...payload };
}
