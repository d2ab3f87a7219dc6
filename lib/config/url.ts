import { isIP } from 'node:net';

const schemes = 'https, ssh, file, or http on loopback and private networks';

/** Reason why a clone url is refused, or undefined. Secrets never stand in a url. */
export function urlProblem(text: string): string | undefined {
  if (text.startsWith('-')) return 'a url does not start with "-"';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (/[\u0000-\u0020\u007f]/.test(text)) return 'a url without spaces and control characters';
  if (/[\\?#]/.test(text)) return 'a url without "\\", "?" and "#": programs read them differently';
  const url = URL.parse(text);
  if (!url) return `a url with a scheme (${schemes})`;
  if (!['https:', 'ssh:', 'file:', 'http:'].includes(url.protocol)) {
    return `scheme ${url.protocol.slice(0, -1)} is refused; one of ${schemes}`;
  }
  // Git takes anything else that looks like a scheme as the name of an SSH host or of a program.
  if (!text.startsWith(`${url.protocol}//`)) return `a url that begins with ${url.protocol}// in lower case`;
  if (url.protocol === 'http:' && !isPrivate(url.hostname))
    return `http only on loopback and private networks; use https for ${url.hostname}`;
  if (url.password !== '' || (url.username !== '' && url.protocol !== 'ssh:')) {
    return 'a url without user name and password; name a secret under credentials';
  }
  if (url.hostname.startsWith('-') || url.pathname.startsWith('/-'))
    return 'a url whose host and path do not start with "-"';
  return undefined;
}

/** Reason why credentials are not sent to a url, or undefined: over http, everybody on the way reads them. */
export function credentialsProblem(text: string): string | undefined {
  const url = new URL(text);
  if (url.protocol !== 'http:' || isLoopback(url.hostname)) return undefined;
  return `credentials with https or ssh, not with http; use https for ${url.hostname}`;
}

/** Reason why the url of a package is refused, or undefined. */
export function packageUrlProblem(text: string): string | undefined {
  const problem = urlProblem(text);
  if (problem) return problem;
  const { protocol, pathname } = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:') return 'a url of scheme https';
  return /\.(deb|rpm)$/.test(pathname) ? undefined : 'the url of a .deb or .rpm package';
}

/**
 * Whether a host is loopback or in a private range (RFC 1918, RFC 4193, link-local). Knows literal addresses and
 * localhost only.
 */
export function isPrivate(hostname: string): boolean {
  if (isLoopback(hostname)) return true;
  const host = hostname.replace(/^\[|\]$/g, '');
  if (host.endsWith('.internal')) return true;
  if (isIP(host) === 4) return /^(10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)/.test(host);
  return isIP(host) === 6 && /^(f[cd]|fe[89ab])/i.test(host);
}

function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (host === 'localhost' || host.endsWith('.localhost') || host === '::1') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}
