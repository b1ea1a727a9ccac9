/** Cookies of one virtual browser, kept per host and port as stands put several systems on one address. */
export class CookieJar {
  private readonly byHost = new Map<string, Map<string, string>>();

  /** Takes Set-Cookie headers of an answer; an empty value or Max-Age=0 forgets the cookie. */
  store(host: string, setCookie: string | string[] | undefined): void {
    const headers = setCookie === undefined ? [] : [setCookie].flat();
    for (const header of headers) {
      const [pair = '', ...attributes] = header.split(';');
      const at = pair.indexOf('=');
      if (at <= 0) continue;
      const gone = attributes.some((attribute) => /^\s*max-age=0\s*$/i.test(attribute));
      const name = pair.slice(0, at).trim();
      const value = pair.slice(at + 1).trim();
      if (gone || value === '') this.cookies(host).delete(name);
      else this.cookies(host).set(name, value);
    }
  }

  /** Value for the Cookie header, or undefined when the host has set none. */
  header(host: string): string | undefined {
    const cookies = this.byHost.get(host);
    if (!cookies || cookies.size === 0) return undefined;
    return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  private cookies(host: string): Map<string, string> {
    let cookies = this.byHost.get(host);
    if (!cookies) this.byHost.set(host, (cookies = new Map<string, string>()));
    return cookies;
  }
}
