import type { IncomingMessage } from 'node:http';

/** One request as the server received it: the ground truth that an audit is compared with. */
export interface LogEntry {
  /** Epoch milliseconds at which the request's head arrived. */
  time: number;
  scheme: 'https' | 'http';
  method: string;
  /** Host header in lower case, without port. */
  host: string;
  /** Path without query. */
  path: string;
  /** Query with its question mark, or an empty string. */
  query: string;
  /** Names in the Cookie header, in its order. */
  cookies: string[];
  /** Names that the answer set or deleted by Set-Cookie. */
  setCookies: string[];
  /** Bytes of the request's body. */
  bodyLength: number;
  status: number;
}

/** The names in a Cookie header, in its order; a cookie without `=` is all name. */
export function cookieNames(header: string | undefined): string[] {
  return (header ?? '')
    .split(';')
    .map((pair) => pair.split('=', 1)[0]?.trim() ?? '')
    .filter((name) => name !== '');
}

/** The names that a list of Set-Cookie lines writes. */
export function setCookieNames(lines: readonly string[]): string[] {
  return lines.map((line) => line.split('=', 1)[0]?.trim() ?? '');
}

/** Begins the entry of a request; the caller fills in body and answer when they are known. */
export function logEntry(request: IncomingMessage, scheme: LogEntry['scheme'], url: URL, time: number): LogEntry {
  return {
    time,
    scheme,
    method: request.method ?? 'GET',
    host: url.hostname,
    path: url.pathname,
    query: url.search,
    cookies: cookieNames(request.headers.cookie),
    setCookies: [],
    bodyLength: 0,
    status: 0,
  };
}
