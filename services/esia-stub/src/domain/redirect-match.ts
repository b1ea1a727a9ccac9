/**
 * Whether an address may be returned to: it equals a registered address, or its host is a registered domain or below one.
 * Registered domains may carry a port. Only http and https addresses are ever allowed.
 */
export function isRedirectAllowed(address: string, registered: readonly string[]): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, hostname } = new URL(address);
  if (protocol !== 'https:' && protocol !== 'http:') return false;
  return registered.some((entry) => {
    if (entry.includes('://')) return entry === address;
    const domain = entry.toLowerCase();
    const own = domain.includes(':') ? host : hostname;
    return own === domain || own.endsWith(`.${domain}`);
  });
}
