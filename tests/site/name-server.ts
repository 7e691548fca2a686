/**
 * A name server for browsers that can be told to use one: DNS over HTTPS (https://www.rfc-editor.org/rfc/rfc8484). Every name has the address of
 * this machine, some by way of another name.
 */
import type { Answer, Question } from './exchange.ts';

export const NAME_SERVER_PATH = '/dns-query';

const CNAME = 5;
const A = 1;

export interface NameServer {
  /** To what is got from `NAME_SERVER_PATH`. */
  answer(question: Question): Answer;
  /** Names that were asked for. */
  asked: Set<string>;
}

/** @param aliases names to the names that they stand for */
export function nameServer(aliases: Record<string, string>): NameServer {
  const asked = new Set<string>();
  return {
    asked,
    answer({ url }) {
      const message = Buffer.from(url.searchParams.get('dns') ?? '', 'base64url');
      const { name, type, question } = readQuestion(message);
      asked.add(name);
      const records: Buffer[] = [];
      let owner = name;
      for (let next = aliases[owner]; next !== undefined; next = aliases[owner]) {
        records.push(record(owner, CNAME, encoded(next)));
        owner = next;
      }
      if (type === A) records.push(record(owner, A, Buffer.from([127, 0, 0, 1])));
      return { status: 200, type: 'application/dns-message', body: Buffer.concat([header(message, records.length), question, ...records]) };
    },
  };
}

/** The one question of a message: https://www.rfc-editor.org/rfc/rfc1035#section-4.1.2 */
function readQuestion(message: Buffer): { name: string; type: number; question: Buffer } {
  const labels: string[] = [];
  let at = 12;
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString('ascii', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), type: message.readUInt16BE(at + 1), question: message.subarray(12, at + 5) };
}

/** The asked one's id, and that this is its answer without an error. */
function header(message: Buffer, answers: number): Buffer {
  const bytes = Buffer.alloc(12);
  message.copy(bytes, 0, 0, 2);
  bytes.writeUInt16BE(0x8180, 2);
  bytes.writeUInt16BE(1, 4);
  bytes.writeUInt16BE(answers, 6);
  return bytes;
}

function record(owner: string, type: number, data: Buffer): Buffer {
  const middle = Buffer.alloc(10);
  middle.writeUInt16BE(type, 0);
  middle.writeUInt16BE(1, 2); // Internet
  middle.writeUInt32BE(60, 4); // seconds to live
  middle.writeUInt16BE(data.length, 8);
  return Buffer.concat([encoded(owner), middle, data]);
}

function encoded(name: string): Buffer {
  return Buffer.concat([
    ...name.split('.').flatMap((label) => [Buffer.from([label.length]), Buffer.from(label, 'ascii')]),
    Buffer.from([0]),
  ]);
}
