import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders, RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  setCookies: string[];
  body: string;
}

const certificate = readFileSync(new URL('../../site/tls/certificate.pem', import.meta.url));

/**
 * Asks the demo site as a browser would that resolves every name to it. The certificate is verified for the URL's host.
 * @param options.body sent with POST
 */
export function ask(
  port: number,
  address: string,
  options: { headers?: Record<string, string>; method?: string; body?: string } = {},
): Promise<Reply> {
  const url = new URL(address);
  const settings: RequestOptions = {
    host: '127.0.0.1',
    port,
    path: url.pathname + url.search,
    method: options.method ?? (options.body === undefined ? 'GET' : 'POST'),
    headers: { host: url.host, ...options.headers },
    agent: false,
  };
  return new Promise((resolve, reject) => {
    const request =
      url.protocol === 'http:' ? httpRequest(settings) : httpsRequest({ ...settings, servername: url.hostname, ca: certificate });
    request.on('error', reject);
    request.on('response', (response) => {
      response.setEncoding('utf8');
      let body = '';
      response.on('data', (text: string) => (body += text));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, setCookies: response.headers['set-cookie'] ?? [], body }),
      );
    });
    request.end(options.body);
  });
}
