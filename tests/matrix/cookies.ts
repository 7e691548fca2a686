/** Ways in which a script of the page writes a cookie. */
import { cookie, gone, js, NOBODY, PAGE, set, TOP, type Way } from './way.ts';

const write = (name: string, more = ''): string => `document.cookie = '${set(name, more)}'`;
const setter = `Object.getOwnPropertyDescriptor(Document.prototype, 'cookie').set`;

const way = (id: string, does: string, script: string, more: Partial<Way> = {}): Way => ({
  id,
  does,
  page: 'cookies',
  script,
  expect: [cookie(id)],
  ...more,
});

export const cookieWays: Way[] = [
  way('document-cookie', 'assigns document.cookie', `\n\n${write('document-cookie')};`, {
    expect: [cookie('document-cookie', { line: 3 })],
  }),
  way('assigned-twice', 'renews a cookie with the same value', `for (let i = 0; i < 2; i++) ${write('assigned-twice')};`, {
    expect: [cookie('assigned-twice', { times: 2 })],
  }),
  way('reflect-set', 'Reflect.set on document', `Reflect.set(document, 'cookie', '${set('reflect-set')}');`),
  way('setter-call', 'calls the setter taken from the prototype', `${setter}.call(document, '${set('setter-call')}');`),
  way('setter-apply', 'Reflect.apply of the setter', `Reflect.apply(${setter}, document, ['${set('setter-apply')}']);`),
  way('setter-bound', 'binds the setter', `const bound = ${setter}.bind(document);\nbound('${set('setter-bound')}');`, {
    expect: [cookie('setter-bound', { line: 2 })],
  }),
  way('lookup-setter', '__lookupSetter__', `document.__lookupSetter__('cookie').call(document, '${set('lookup-setter')}');`),
  way('call-call', 'Function.prototype.call.call', `Function.prototype.call.call(${setter}, document, '${set('call-call')}');`),
  way(
    'inherits',
    'writes through an object that inherits from document',
    `Reflect.set(Object.create(document), 'cookie', '${set('inherits')}', document);`,
  ),
  way('with-document', 'with (document)', `with (document) { cookie = '${set('with-document')}'; }`),
  way('to-string', 'assigns an object with a toString of its own', `document.cookie = { toString: () => '${set('to-string')}' };`),
  way('eval', 'eval', `eval(${JSON.stringify(write('eval'))});`),
  way('indirect-eval', 'indirect eval', `(0, eval)(${JSON.stringify(write('indirect-eval'))});`),
  way('function', 'new Function', `new Function(${JSON.stringify(write('function'))})();`),
  way('timer', 'a timer', `setTimeout(() => { ${write('timer')}; });`),
  way('timer-string', 'a timer that is given a string', `setTimeout(${JSON.stringify(write('timer-string'))});`, {
    expect: [cookie('timer-string', { by: 'any', line: null })],
  }),
  way('microtask', 'a microtask', `queueMicrotask(() => { ${write('microtask')}; });`),
  way('awaited', 'after await fetch', `(async () => { await fetch('/empty');\n${write('awaited')}; })();`, {
    expect: [cookie('awaited', { line: 2 })],
  }),
  way(
    'posted-message',
    'a message listener',
    `addEventListener('message', () => { ${write('posted-message')}; }, { once: true }); postMessage('go', '*');`,
  ),
  way('animation-frame', 'requestAnimationFrame', `requestAnimationFrame(() => { ${write('animation-frame')}; });`),
  way(
    'mutation-observer',
    'a mutation observer',
    `new MutationObserver((r, o) => { o.disconnect(); ${write('mutation-observer')}; }).observe(document.documentElement, { attributes: true }); document.documentElement.dataset.x = 1;`,
  ),
  way('import', 'import()', `import('/module/import.js');`, {
    answers: { '/module/import.js': js(write('import')) },
    expect: [cookie('import', { by: `${TOP}/module/import.js` })],
  }),
  way(
    'inserted-timer',
    'an inline script that is inserted and writes later',
    `const late = document.createElement('script'); late.textContent = ${JSON.stringify(`\nsetTimeout(() => { ${write('inserted-timer')} });`)}; document.head.append(late);`,
    { expect: [cookie('inserted-timer', { by: 'page', line: 2 })] },
  ),
  way(
    'inserted-module',
    'inserts an inline module',
    `const module = document.createElement('script'); module.type = 'module'; module.textContent = ${JSON.stringify(`\n${write('inserted-module')}; fetch('/empty?module');`)}; document.head.append(module);`,
    { expect: [cookie('inserted-module', { by: 'page', line: 2 })] },
  ),
  way('module', 'a module', write('module'), { module: true }),
  way(
    'document-write',
    'document.write of inline code',
    `document.write('<script>' + ${JSON.stringify(write('document-write'))} + '</' + 'script>');`,
  ),
  way(
    'inserted-inline',
    'inserts an inline script',
    `const s = document.createElement('script'); s.textContent = ${JSON.stringify(write('inserted-inline'))}; document.head.append(s);`,
  ),
  {
    id: 'handler',
    does: 'an inline event handler',
    page: 'cookies',
    body: `<img src="data:," onerror="${write('handler')}">`,
    expect: [cookie('handler', PAGE)],
  },
  way(
    'javascript-link',
    'a javascript: link',
    `const a = document.createElement('a'); a.href = ${JSON.stringify(`javascript:void(${write('javascript-link')})`)}; document.body.append(a); a.click();`,
    {
      expect: [cookie('javascript-link', { by: 'any', line: null })],
    },
  ),
  way('generator', 'a generator of an iterator', `[...(function* () { yield (${write('generator')}); })()];`),
  way('getter', 'inside a getter called by JSON.stringify', `JSON.stringify({ get x() { ${write('getter')}; return 1; } });`),
  way('deep-stack', 'two hundred calls deep', `(function deep(n) { if (n) return deep(n - 1), 0; ${write('deep-stack')}; })(200);`),
  way('cookie-store', 'cookieStore.set(name, value)', `cookieStore.set('cookie-store', '1');`),
  way(
    'cookie-store-options',
    'cookieStore.set({…})',
    `cookieStore.set({ name: 'cookie-store-options', value: '1', expires: Date.now() + 9e6 });`,
  ),
  way(
    'cookie-store-delete',
    'cookieStore.set, then cookieStore.delete',
    `cookieStore.set('cookie-store-delete', '1').then(() => cookieStore.delete('cookie-store-delete'));`,
    {
      expect: gone(cookie, 'cookie-store-delete'),
    },
  ),
  way(
    'deleted',
    'deletes what it set earlier',
    `${write('deleted')};\nsetTimeout(() => { document.cookie = 'deleted=; Path=/; Max-Age=0'; }, 20);`,
    {
      expect: [cookie('deleted', { stays: false }), cookie('deleted', { action: 'delete', line: 2, stays: false })],
    },
  ),
  way('transient', 'sets and deletes within one task', `${write('transient')}; document.cookie = 'transient=; Path=/; Max-Age=0';`, {
    expect: gone(cookie, 'transient'),
  }),
  way(
    'overwritten',
    'one value after another within one task',
    `for (const value of ['a', 'b', 'c']) document.cookie = 'overwritten=' + value + '; Path=/; Secure; Max-Age=9000';`,
    {
      expect: [cookie('overwritten', { times: 3 })],
    },
  ),
  way(
    'two-paths',
    'the same name on two paths',
    `for (const path of ['/', '/deep/']) document.cookie = 'two-paths=1; Secure; Max-Age=9000; Path=' + path;`,
    {
      expect: [cookie('two-paths', { times: 2 })],
    },
  ),
  way('nameless', 'a cookie without a name', `document.cookie = '=nameless; Path=/; Secure; Max-Age=9000';`, {
    expect: [cookie('', { stays: false })],
  }),
  way('domain-cookie', 'with a Domain attribute', write('domain-cookie', '; Domain=shop.test')),
  way('partitioned', 'Partitioned', write('partitioned', '; SameSite=None; Partitioned')),
  way(
    'service-worker-cookie',
    'cookieStore.set in a service worker',
    `navigator.serviceWorker.register('/cookie-worker.js', { scope: '/nowhere/' }).then((r) => r.installing?.postMessage('go'));`,
    {
      answers: {
        '/cookie-worker.js': js(`addEventListener('message', (event) => event.waitUntil(cookieStore.set('service-worker-cookie', '1')));`),
      },
      expect: [cookie('service-worker-cookie', NOBODY)],
      only: 'chromium',
    },
  ),
  { ...way('elsewhere', 'document.cookie in a frame of another site', write('elsewhere', '; SameSite=None')), elsewhere: true },
  {
    ...way('elsewhere-partitioned', 'a partitioned cookie there', write('elsewhere-partitioned', '; SameSite=None; Partitioned')),
    elsewhere: true,
  },
  {
    ...way('elsewhere-store', 'cookieStore there', `cookieStore.set({ name: 'elsewhere-store', value: '1', sameSite: 'none' });`),
    elsewhere: true,
  },
  { ...way('elsewhere-eval', 'eval there', `eval(${JSON.stringify(write('elsewhere-eval', '; SameSite=None'))});`), elsewhere: true },
];
