import { type Problem, problem } from '../../shared/model/problem';
import { hostOf, type Refusal, retryAfterMs, textOf, told } from './answers';
import { looksHtml, titleOf } from './around';
import type { HttpAnswer } from './http';
import { loginProblem, proxyName } from './proxy';

/*
 * Recognises what answers in place of a server's API: the web server before it, a proxy, a firewall, a network's
 * login page. Both kinds of server are behind the same ones, so this is checked before the kind's own judge.
 */

/** The refusal of something in between; null if the server's own API may have answered. */
export function refusedBetween(answer: HttpAnswer): Refusal | null {
  const { status } = answer;
  const host = hostOf(answer);
  const redirect = redirectProblem(answer);
  // It is unknown whether the request reached the server.
  if (redirect) return { kind: 'lost', problem: redirect };
  const wrongScheme = wrongSchemeProblem(answer);
  if (wrongScheme) return { kind: 'stop', problem: wrongScheme };
  if (status === 407 && answer.proxy) {
    const { url, login } = answer.proxy;
    const asked = answer.headers.get('proxy-authenticate') ?? '';
    return { kind: 'stop', problem: loginProblem(url, login, asked, host) };
  }
  if (status === 407) return { kind: 'stop', problem: problem('proxy-login', { host, status }) };
  // Only a device that intercepts requests may send 511 (RFC 6585): the server never saw it.
  if (status === 511) return { kind: 'stop', problem: problem('network-login', { host, status }) };
  // Sent before the whole request was read (RFC 9110): not carried out. 494 is nginx's own code for it.
  if (status === 413 || status === 414 || status === 431 || status === 494)
    return { kind: 'rejected', problem: problem('request-too-large', { host, status }) };
  const text = textOf(answer);
  if (status < 400 || hasData(text)) return null;
  const said = titleOf(text) || undefined;
  // 520 to 530 are Cloudflare's, 598 and 599 other proxies': it did not reach the server, or lost it on the way. 499
  // and 460 are what nginx and load balancers say of a request that the proxy before them gave up.
  const lostOnTheWay = [460, 499, 502, 504, 598, 599].includes(status) || (status >= 520 && status <= 530);
  if (lostOnTheWay)
    return {
      kind: 'lost',
      problem: answer.proxy
        ? told('proxy-failed', { host, status, proxy: proxyName(answer.proxy.url) }, said)
        : told('gateway-failed', { host, status }, said),
      ...waiting(answer),
    };
  if (!looksHtml(text)) return null;
  if (status === 403 || status === 451)
    return { kind: 'stop', problem: told('proxy-refused', { host, status }, said) };
  return status === 400 ? { kind: 'rejected', problem: told('proxy-refused', { host, status }, said) } : null;
}

/** A redirect, with the host that it points to. It is never followed: the credentials are for this host only. */
function redirectProblem(answer: HttpAnswer): Problem | null {
  if (answer.status < 300 || answer.status > 399) return null;
  const location = answer.headers.get('location') ?? '';
  const { status } = answer;
  try {
    const target = new URL(location, answer.url);
    // A hotspot redirects everyone to its own page, with the original address as a parameter.
    const portal =
      /hotspot|captive|portal|wifi|wlan|generate_204/i.test(`${target.host}${target.pathname}`) ||
      /[?&](dst|orig_url|userurl|origurl|redirect_?url|link-orig)=/i.test(target.search);
    if (portal && target.host !== hostOf(answer))
      return problem('network-login', { host: target.host, status });
    // Anything may precede a colon, including the password that was just sent.
    const scheme = /^https?:$/.test(target.protocol) ? target.protocol.replace(':', '') : '';
    return problem('redirect', { host: target.host, scheme, status });
  } catch {
    return problem('redirect', { host: '', scheme: '', status });
  }
}

/** Plain http spoken to a port that wants TLS, as nginx, Apache and Go servers say it: the base URL needs `https`. */
function wrongSchemeProblem(answer: HttpAnswer): Problem | null {
  const said =
    /plain HTTP request was sent to HTTPS|speaking plain HTTP to an SSL|HTTP request to an HTTPS server/i;
  if (answer.status !== 400 || !said.test(textOf(answer))) return null;
  return problem('tls-failed', { host: hostOf(answer), reason: 'https-wanted' });
}

function hasData(text: string): boolean {
  return /[{[]\s*["{]/.test(text);
}

function waiting(answer: HttpAnswer): { retryAfterMs?: number } {
  const milliseconds = retryAfterMs(answer);
  return milliseconds === undefined ? {} : { retryAfterMs: milliseconds };
}
