check(async () => {
  const { axios } = window;
  for (const adapter of ['xhr', 'fetch']) {
    const client = axios.create({ adapter });
    client.interceptors.request.use((config) => (see('request', config.url), config));
    await ending('get', async () => (await client.get('/json', { params: { a: 1 } })).data);
    await ending('post', async () => (await client.post('/echo', { a: 1 }, { headers: { 'x-own': '1' } })).data);
    await client.get('/missing').catch((error) => see('missing', error.name, error.message, error.code, error.response?.status));
    const stop = new AbortController();
    const stopped = client.get('/aborted', { signal: stop.signal }).catch((error) => see('stopped', error.name, error.message, error.code));
    stop.abort();
    await stopped;
    await client.get('https://').catch((error) => see('nowhere', error.name, error.code));
  }
  await ending('fetch of a Request', async () =>
    (await fetch(new Request('/echo', { method: 'POST', body: 'b', headers: { 'x-own': '2' } }))).text(),
  );
  await ending('fetch of a URL', async () => (await fetch(new URL('/json', location.href))).status);
  await ending('fetch of an object', async () => (await fetch({ toString: () => (see('asked for its text'), '/json') })).status);
  await ending('fetch with getters', async () =>
    (
      await fetch('/echo', {
        get method() {
          see('asked for its method');
          return 'PUT';
        },
        body: 'x',
      })
    ).text(),
  );
  await ending('mixed content', () => fetch('http://other.test/'));
  await ending('fetch of nothing', () => fetch());
  await ending('bad mode', () => fetch('/json', { mode: 'none' }));
  await ending('body of GET', () => fetch('/json', { body: 'x' }));
  await ending('a thrower', () =>
    fetch({
      toString: () => {
        throw new RangeError('of the page');
      },
    }),
  );
  await ending('foreign fetch', () => fetch.call({}, '/json'));
  attempt('new fetch', () => new fetch('/json'));
  class Own extends XMLHttpRequest {
    open(...given) {
      see('opened', ...given);
      return super.open(...given);
    }
  }
  const own = new Own();
  own.onreadystatechange = () => see('state', own.readyState);
  own.open('POST', '/echo');
  own.setRequestHeader('x-own', '3');
  own.send('sent');
  await next(own, 'loadend');
  see('own', own.responseText, own instanceof XMLHttpRequest, Reflect.ownKeys(own));
  attempt('send before open', () => new XMLHttpRequest().send());
  attempt('bad method', () => new XMLHttpRequest().open('A B', '/'));
  attempt('beacon', () => navigator.sendBeacon('/beacon', new Blob(['x'], { type: 'text/plain' })));
  attempt('beacon nowhere', () => navigator.sendBeacon('ftp://x'));
  attempt('beacon without', () => navigator.sendBeacon());
  attempt('bound', () => navigator.sendBeacon.bind(navigator)('/beacon'));
  attempt('foreign', () => Navigator.prototype.sendBeacon.call({}, '/x'));
  for (const name of ['WebSocket', 'EventSource', 'Worker', 'SharedWorker']) {
    attempt(`${name} without new`, () => window[name]('/x'));
    attempt(`${name} without arguments`, () => new window[name]());
    see(name, window[name].prototype.constructor === window[name], Reflect.ownKeys(window[name]).map(String));
  }
  class Socket extends WebSocket {}
  const socket = attempt('subclass', () => new Socket('wss://requests.shop.test/socket'));
  see(
    'socket',
    socket instanceof Socket,
    socket instanceof WebSocket,
    socket.constructor.name,
    Object.getPrototypeOf(Socket) === WebSocket,
  );
  socket.close();
  const audio = new Audio();
  see('audio', audio instanceof Audio, audio instanceof HTMLAudioElement, audio);
  const worker = new Worker(URL.createObjectURL(new Blob(['postMessage(typeof fetch)'], { type: 'text/javascript' })));
  see('worker', (await next(worker, 'message')).data);
  worker.terminate();
});
