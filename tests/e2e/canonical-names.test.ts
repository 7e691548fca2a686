/** Firefox tells which name is behind a host of the site, by a name server of the test's own that real Firefox asks over HTTPS. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Audit } from '../../lib/model/audit.ts';
import { NAME_SERVER_PATH, nameServer, type NameServer } from '../site/name-server.ts';
import { startSite } from '../site/server.ts';
import { browserArguments, found, html, pages, runAudit, shopPolicy } from './audit-of.ts';

const HOSTS = ['stats', 'data', 'static', 'plain'].map((name) => `${name}.shop.test`);
const ALIASES = {
  // Two steps, and only the last one is the tracker's.
  'stats.shop.test': 'shop.test.edge.test',
  'shop.test.edge.test': 'mc.yandex.ru',
  // Of a company that does more than to track.
  'data.shop.test': 'shop.sc.omtrdc.net',
  'static.shop.test': 'shop.cdn.test',
};

const folder = mkdtempSync(join(tmpdir(), 'canonical-names-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, value: unknown): string => {
  writeFileSync(join(folder, name), JSON.stringify(value));
  return join(folder, name);
};
const SCENARIO = file('scenario.json', { name: 'test', steps: [{ visit: '/' }] });
const POLICY = file('policy.json', shopPolicy());

/** The name server is asked over HTTPS; all connections, its own included, lead to the site's port. */
const byName = (port: number): string[] => [
  `network.socket.forcePort=443=${port};80=${port}`,
  'network.trr.mode=3',
  `network.trr.uri=https://127.0.0.1:${port}${NAME_SERVER_PATH}`,
  'network.trr.allow-rfc1918=true',
  'network.trr.confirmationNS=skip',
];

/** Audits a page that loads a picture from each of the hosts. */
async function auditWith(aliases: Record<string, string>, preferences: (port: number) => string[]) {
  const names: NameServer = nameServer(aliases);
  const picture = HOSTS.map((host) => `<img src="https://${host}/t.gif">`).join('');
  const page = pages({ 'shop.test/': html(picture), [`127.0.0.1${NAME_SERVER_PATH}`]: (question) => names.answer(question) });
  const site = await startSite({ form: 'clean', host: page });
  try {
    const { audit, stderr } = await runAudit([
      'https://shop.test/',
      ...['--scenario', SCENARIO, '--policy', POLICY, '--ignore-https-errors', '--browser', 'firefox'],
      ...preferences(site.port).map((preference) => `--browser-pref=${preference}`),
    ]);
    if (!audit?.complete) throw new Error(stderr);
    return { audit, asked: names.asked };
  } finally {
    await site.close();
  }
}

const namesBehind = (audit: Audit): [string, string | undefined][] =>
  HOSTS.flatMap((host) =>
    audit.observations.flatMap(({ request, host: own }) =>
      own === host && request ? [[host, request.canonicalName] as [string, string | undefined]] : [],
    ),
  );

const UNKNOWN = HOSTS.map((host) => [host, undefined]);

test("a host that is an alias of a tracker's is told, a company's is unsure, anybody else's is no finding", async () => {
  const { audit } = await auditWith(ALIASES, byName);
  expect(namesBehind(audit)).toEqual([
    ['stats.shop.test', 'mc.yandex.ru'],
    ['data.shop.test', 'shop.sc.omtrdc.net'],
    ['static.shop.test', 'shop.cdn.test'],
    ['plain.shop.test', undefined],
  ]);
  const told = found(audit, 'disguised-tracker').map(({ outcome, host, service }) => [outcome, host, service]);
  expect(told.sort()).toEqual([
    ['fail', 'stats.shop.test', 'yandex-metrica'],
    ['unsure', 'data.shop.test', 'adobe-experience-cloud'],
  ]);
});

test('the same site without aliases is told of nothing', async () => {
  const { audit, asked } = await auditWith({}, byName);
  expect([...asked]).toEqual(expect.arrayContaining(HOSTS));
  expect(namesBehind(audit)).toEqual(UNKNOWN);
  expect(found(audit, 'disguised-tracker')).toEqual([]);
});

test('behind a proxy that resolves names nobody else is asked for them', async () => {
  const { audit, asked } = await auditWith(ALIASES, (port) => [
    ...byName(port),
    ...browserArguments('firefox', port).flatMap((argument) => argument.split('--browser-pref=').slice(1)),
  ]);
  expect([...asked].filter((name) => name.endsWith('shop.test'))).toEqual([]);
  expect(namesBehind(audit)).toEqual(UNKNOWN);
});

test('the one address that all names are led to is no name', async () => {
  const { audit } = await auditWith({}, (port) => [
    `network.socket.forcePort=443=${port};80=${port}`,
    'network.dns.forceResolve=127.0.0.1',
  ]);
  expect(namesBehind(audit)).toEqual(UNKNOWN);
});
