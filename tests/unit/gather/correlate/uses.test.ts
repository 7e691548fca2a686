import { expect, test } from 'vitest';
import { acts, document, evidenceOf, SCRIPT, visit, type Told } from './captures.ts';

const read = (at: number, kind: string, name: string, more: Partial<Told> = {}): Told => ({
  at,
  type: 'read',
  kind,
  mechanism: 'document.cookie',
  name,
  initiator: SCRIPT,
  ...more,
});
const call = (at: number, name: string): Told => ({ at, type: 'api', name, initiator: SCRIPT });

test('reads of what is known are told once of each document, script and key; of all else nobody needs to know', () => {
  const other = { ...SCRIPT, url: 'https://send-box.com/app.js' };
  const evidence = evidenceOf(visit(0), [
    document([
      read(100, 'cookie', '_ga'),
      read(101, 'cookie', '_ga'),
      read(102, 'cookie', '_ga', { initiator: other }),
      read(103, 'cookie', 'nobody-knows-this'),
      read(104, 'localStorage', '_ym_uid', { mechanism: 'get-item' }),
    ]),
    document([read(105, 'cookie', '_ga')], { document: 'd2', frame: 4 }),
  ]);
  const reads = evidence.observations.filter(({ action }) => action === 'read');
  expect(reads.map(({ kind, name, initiator }) => [kind, name, initiator?.url])).toEqual([
    ['cookie', '_ga', SCRIPT.url],
    ['cookie', '_ga', other.url],
    ['localStorage', '_ym_uid', SCRIPT.url],
    ['cookie', '_ga', SCRIPT.url],
  ]);
});

test('calls are observations of the document in which they were made', () => {
  const evidence = evidenceOf(visit(0), [document([call(100, 'canvas.toDataURL')])]);
  expect(acts(evidence, 'api')).toMatchObject([{ action: 'call', name: 'canvas.toDataURL', host: 'send-box.com', initiator: SCRIPT }]);
});
