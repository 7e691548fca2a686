/** Serves the probes and the attacks, each in a script file of its own, and takes home what they found. */
import type { Host } from '../site/exchange.ts';
import { ACTS, ATTACKS } from './attacks.ts';
import { PROBES } from './probes.ts';
import { html, js, text } from './way.ts';

const HARNESS = `
const pending = [];
function probe(id, ask) {
  pending.push((async () => { try { return [id, await ask()]; } catch (error) { return [id, 'threw ' + error]; } })());
}
addEventListener('load', async () => {
  const answers = await Promise.all(pending);
  const request = new XMLHttpRequest();
  request.open('POST', '/answers');
  request.send(JSON.stringify(answers));
});
`;

/** What each page found: of the probes their answers, of each attack what it threw or noticed. */
export interface Found {
  answers: Map<string, unknown>;
  noticed: Map<string, unknown>;
}

export function hostileSite(): { host: Host; found: Found } {
  const found: Found = { answers: new Map(), noticed: new Map() };
  const host: Host = ({ url: { pathname }, method, body }) => {
    const [, folder, file = ''] = /^\/(\w[\w-]*)(?:\/(.*))?$/.exec(pathname) ?? [];
    const id = file.replace(/\.js$/, '');
    if (folder === 'answers' && method === 'POST') {
      for (const [name, answer] of JSON.parse(body.toString()) as [string, unknown][]) found.answers.set(name, answer);
      return text('');
    }
    if (folder === 'noticed') {
      found.noticed.set(id, JSON.parse(body.toString()));
      return text('');
    }
    if (folder === 'probes')
      return html(
        `<script src="/probe/harness.js"></script>${PROBES.map((one) => `<script src="/probe/${one.id}.js"></script>`).join('')}`,
      );
    if (file === 'harness.js') return js(HARNESS);
    if (pathname === '/throwing.js') return js('localStorage.setItem();');
    const probe = PROBES.find((one) => one.id === id);
    if (folder === 'probe' && probe)
      return js(`probe('${id}', ${probe.code.includes('await') ? 'async ' : ''}function () {\n${probe.code}\n});`);
    const attack = ATTACKS.find((one) => one.id === id);
    if (folder === 'attacked' && attack) return html(`<script src="/attack/${id}.js"></script>`);
    if (folder === 'attack' && attack) return js(attackOf(attack.id, attack.code));
    return pathname.endsWith('.html') ? html('') : text('');
  };
  return { host, found };
}

/** Whatever it breaks for itself, it tells by functions that it kept. */
const attackOf = (id: string, code: string): string => `
const kept = { open: XMLHttpRequest.prototype.open, send: XMLHttpRequest.prototype.send, apply: Reflect.apply, text: JSON.stringify };
const request = new XMLHttpRequest();
let threw = null;
${code}
try { ${ACTS(id)} } catch (error) { threw = 'threw ' + error.message; }
delete Object.prototype.toJSON;
delete String.prototype.toJSON;
kept.apply(kept.open, request, ['POST', '/noticed/${id}']);
kept.apply(kept.send, request, [kept.text({ threw, asked: globalThis.asked ?? null })]);
`;
