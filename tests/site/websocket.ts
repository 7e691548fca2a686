/** The handshake of a WebSocket (RFC 6455 section 4.2.2), with whatever cookies the answer sets. */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Answer } from './exchange.ts';

const KEY_SUFFIX = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** Accepts with status 101; any other status refuses the handshake. What is sent afterwards is read by nobody. */
export function answerHandshake(request: IncomingMessage, socket: Duplex, answer: Answer): void {
  const accept = createHash('sha1')
    .update(`${request.headers['sec-websocket-key'] ?? ''}${KEY_SUFFIX}`)
    .digest('base64');
  const head = [
    answer.status === 101 ? 'HTTP/1.1 101 Switching Protocols' : `HTTP/1.1 ${answer.status} Refused`,
    ...(answer.status === 101
      ? ['upgrade: websocket', 'connection: Upgrade', `sec-websocket-accept: ${accept}`]
      : ['connection: close', 'content-length: 0']),
    ...(answer.setCookies ?? []).map((line) => `set-cookie: ${line}`),
  ];
  socket.on('error', () => socket.destroy());
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  if (answer.status === 101) socket.resume();
  else socket.end();
}
