/**
 * The demo site: send-box.com and everybody it talks to, on one port of this machine. The browser is told to resolve every
 * name to it, so the Host header says whose role to play. TLS and plain HTTP are told apart by a connection's first byte.
 * It is an HTTP proxy as well, for browsers that cannot be told so: whatever they ask for, they get from here.
 */
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createListener } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Answer, Form, Host, Question } from './exchange.ts';
import { hostOf } from './hosts/index.ts';
import { logEntry, setCookieNames } from './log.ts';
import type { LogEntry } from './log.ts';
import { answerHandshake } from './websocket.ts';

const TLS_HANDSHAKE = 0x16;
const LONGEST_BODY = 4 * 1024 * 1024;

export interface Site {
  port: number;
  /** Every request that reached the server so far, in the order of arrival. */
  log(): LogEntry[];
  /** Closes the port and every connection to it. */
  close(): Promise<void>;
}

/**
 * Starts the demo site on 127.0.0.1.
 * @param options.port 0, the default, takes a free one
 * @param options.host answers in place of the demo's own hosts, for tests with pages of their own
 * @throws where the port is taken
 */
export async function startSite(options: { form: Form; port?: number; host?: Host }): Promise<Site> {
  const entries: LogEntry[] = [];
  const serve = (scheme: LogEntry['scheme']) => (request: IncomingMessage, response: ServerResponse) => {
    exchange(options, scheme, request, response, entries).catch((cause: unknown) => {
      // An aborted upload ends here: there is nobody left to answer.
      response.destroy(cause instanceof Error ? cause : undefined);
    });
  };
  const secure = createHttpsServer(
    {
      key: readFileSync(new URL('tls/key.pem', import.meta.url)),
      cert: readFileSync(new URL('tls/certificate.pem', import.meta.url)),
      ALPNProtocols: ['http/1.1'],
    },
    serve('https'),
  );
  const plain = createHttpServer(serve('http'));
  const upgrade = (scheme: LogEntry['scheme']) => (request: IncomingMessage, socket: Duplex) => {
    const url = requestUrl(scheme, request);
    if (!url) return void socket.destroy();
    const entry = logEntry(request, scheme, url, Date.now());
    entries.push(entry);
    const answer = ask(question(options.form, request, url, Buffer.alloc(0)), options.host) ?? {
      status: 404,
      type: 'text/plain',
      body: '',
    };
    note(entry, answer);
    answerHandshake(request, socket, answer);
  };
  secure.on('upgrade', upgrade('https'));
  plain.on('upgrade', upgrade('http'));
  const sockets = new Set<Socket>();
  const listener = createListener((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A browser drops connections whenever it likes; without a listener that would end the process.
    socket.on('error', () => socket.destroy());
    admit(socket);
  });
  const admit = (socket: Socket): void => {
    socket.once('data', (first) => {
      socket.pause();
      (first[0] === TLS_HANDSHAKE ? secure : plain).emit('connection', socket);
      socket.unshift(first);
      process.nextTick(() => socket.resume());
    });
  };
  // A tunnel to any host ends here: https://www.rfc-editor.org/rfc/rfc9110#name-connect
  plain.on('connect', (_request, tunnel, head) => {
    tunnel.write('HTTP/1.1 200 Connected\r\n\r\n');
    if (head.length > 0) tunnel.unshift(head);
    admit(tunnel as Socket);
    tunnel.resume();
  });
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  return {
    port: (listener.address() as AddressInfo).port,
    log: () => entries.map((entry) => ({ ...entry })),
    close: () =>
      new Promise((resolve) => {
        listener.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

async function exchange(
  { form, host }: { form: Form; host?: Host },
  scheme: LogEntry['scheme'],
  request: IncomingMessage,
  response: ServerResponse,
  entries: LogEntry[],
) {
  const url = requestUrl(scheme, request);
  if (!url) {
    send(response, request, { status: 400, type: 'text/plain', body: 'bad request' });
    return;
  }
  const entry = logEntry(request, scheme, url, Date.now());
  entries.push(entry);
  const body = await bodyOf(request);
  entry.bodyLength = body.length;
  const answer = preflight(request) ??
    ask(question(form, request, url, body), host) ?? { status: 404, type: 'text/plain', body: 'not found' };
  note(entry, answer);
  if (answer.after !== undefined) await new Promise((resolve) => setTimeout(resolve, answer.after));
  send(response, request, answer);
}

function note(entry: LogEntry, answer: Answer): void {
  entry.status = answer.status;
  entry.setCookies = setCookieNames(answer.setCookies ?? []);
}

function requestUrl(scheme: LogEntry['scheme'], request: IncomingMessage): URL | null {
  const path = request.url ?? '/';
  // A proxy is asked for whole addresses.
  const target = path.startsWith('http://') ? path : `${scheme}://${request.headers.host ?? 'localhost'}${path}`;
  if (!URL.canParse(target)) return null;
  return new URL(target);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LONGEST_BODY) throw new RangeError('the body of the request is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function question(form: Form, request: IncomingMessage, url: URL, body: Buffer): Question {
  const cookies = new Map<string, string>();
  for (const pair of (request.headers.cookie ?? '').split('; ')) {
    const end = pair.indexOf('=');
    if (end > 0) cookies.set(pair.slice(0, end), pair.slice(end + 1));
  }
  const { origin, referer } = request.headers;
  const ifNoneMatch = request.headers['if-none-match'] ?? null;
  return { form, method: request.method ?? 'GET', url, cookies, origin: origin ?? null, referer: referer ?? null, ifNoneMatch, body };
}

function ask(asked: Question, host = hostOf(asked.url.hostname)): Answer | null {
  return host?.(asked) ?? null;
}

function preflight(request: IncomingMessage): Answer | null {
  if (request.method !== 'OPTIONS' || !request.headers['access-control-request-method']) return null;
  return { status: 204, type: 'text/plain', body: '', headers: { 'access-control-max-age': '600' } };
}

function send(response: ServerResponse, request: IncomingMessage, answer: Answer): void {
  response.statusCode = answer.status;
  if (answer.status !== 204) response.setHeader('content-type', answer.type);
  const { origin } = request.headers;
  if (origin) {
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('access-control-allow-credentials', 'true');
    response.setHeader('access-control-allow-methods', 'GET, POST, OPTIONS');
    response.setHeader('access-control-allow-headers', request.headers['access-control-request-headers'] ?? 'content-type');
    response.setHeader('vary', 'Origin');
  }
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  if (answer.setCookies && answer.setCookies.length > 0) response.setHeader('set-cookie', answer.setCookies);
  response.end(request.method === 'HEAD' ? undefined : answer.body);
}
