import { afterEach, describe, expect, it } from 'vitest';
import { HOST_NAMES } from '../../site/hosts/index.ts';
import { startSite } from '../../site/server.ts';
import type { Site } from '../../site/server.ts';
import { ask } from './request.ts';

let site: Site;
afterEach(() => site.close());

describe('the server', () => {
  it('plays every host behind one port, under a certificate that names it', async () => {
    site = await startSite({ form: 'breaking' });
    for (const host of HOST_NAMES) await ask(site.port, `https://${host}/no-such-path`);
    expect(site.log().map((entry) => [entry.host, entry.scheme])).toEqual(HOST_NAMES.map((host) => [host, 'https']));
  });

  it('answers 404 for a host that it does not play', async () => {
    site = await startSite({ form: 'clean' });
    expect((await ask(site.port, 'http://constructor/kk/')).status).toBe(404);
  });

  it('logs method, path, the names of cookies sent and set, and the length of the body', async () => {
    site = await startSite({ form: 'breaking' });
    const before = Date.now();
    await ask(site.port, 'https://stats.bolashaq-metrics.kz/v1/collect?a=1', {
      headers: { cookie: 'bq_visitor=1; bq_x=a=b; flag' },
      body: '{"visitor":"қ"}',
    });
    const [entry] = site.log();
    expect(entry).toMatchObject({
      method: 'POST',
      host: 'stats.bolashaq-metrics.kz',
      path: '/v1/collect',
      query: '?a=1',
      cookies: ['bq_visitor', 'bq_x', 'flag'],
      setCookies: ['bq_tp'],
      bodyLength: 16,
      status: 200,
    });
    expect(entry?.time).toBeGreaterThanOrEqual(before);
  });

  it('hears plain HTTP on the same port', async () => {
    site = await startSite({ form: 'breaking' });
    const reply = await ask(site.port, 'http://pixel.bolashaq-metrics.kz/p.gif');
    expect(reply.headers['content-type']).toBe('image/gif');
    expect(site.log()[0]?.scheme).toBe('http');
  });

  it('lets a page of another origin read its answers, with credentials', async () => {
    site = await startSite({ form: 'clean' });
    const reply = await ask(site.port, 'https://mc.yandex.ru/watch/1?wmode=7', {
      method: 'OPTIONS',
      headers: { origin: 'https://send-box.com', 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-own' },
    });
    expect(reply.status).toBe(204);
    expect(reply.headers).toMatchObject({
      'access-control-allow-origin': 'https://send-box.com',
      'access-control-allow-credentials': 'true',
      'access-control-allow-headers': 'x-own',
    });
  });

  it('frees its port when it is closed, with connections still open', async () => {
    site = await startSite({ form: 'clean' });
    const { port } = site;
    await site.close();
    site = await startSite({ form: 'clean', port });
    expect(site.port).toBe(port);
  });

  it('says so where the port is taken', async () => {
    site = await startSite({ form: 'clean' });
    await expect(startSite({ form: 'clean', port: site.port })).rejects.toThrow('EADDRINUSE');
  });
});
