check(async () => {
  const { Cookies, store, LZString, UniversalCookie } = window;
  attempt('js-cookie set', () => Cookies.set('a', 'ä b;c', { expires: 7, sameSite: 'lax' }));
  attempt('js-cookie get', () => Cookies.get());
  const Own = Cookies.withConverter({ read: (value) => `read ${value}`, write: (value) => `w-${value}` }).withAttributes({ path: '/' });
  attempt('converted', () => Own.set('b', '1'));
  attempt('converted read', () => Own.get('b'));
  attempt('js-cookie remove', () => Cookies.remove('a'));
  see('cookies', document.cookie);

  attempt('store2', () => store('object', { a: [1] }));
  attempt('store2 read', () => store('object'));
  attempt('store2 all', () => store());
  attempt('store2 session', () => store.session('s', 1));
  const named = store.namespace('own');
  attempt('namespace', () => named.set('x', 1));
  attempt('store2 keys', () => store.keys().sort());
  attempt('store2 each', () => {
    const seen = [];
    store.each((key, value) => void seen.push([key, value]));
    return seen.sort();
  });
  attempt('transact', () =>
    store.transact('object', (value) => {
      value.b = 2;
    }),
  );
  attempt('fake', () => store.isFake());
  attempt('clear of a namespace', () => named.clear());
  attempt('store2 size', () => store.size());

  const packed = LZString.compressToUTF16('a text that is a text '.repeat(50));
  localStorage.setItem('packed', packed);
  see('unpacked', LZString.decompressFromUTF16(localStorage.getItem('packed')).length, localStorage.packed === packed);

  const universal = new UniversalCookie(null, { path: '/' });
  // The browser's own event of a change may come at any time after the call's.
  const changes = new Set();
  universal.addChangeListener(({ name, value }) => changes.add(`${name} ${JSON.stringify(value)}`));
  attempt('universal set', () => universal.set('u', { a: 1 }));
  attempt('universal get', () => universal.get('u'));
  if (window.cookieStore)
    await ending('cookie store', async () => (await cookieStore.getAll()).map(({ name, value }) => [name, value]).sort());
  attempt('universal remove', () => universal.remove('u'));
  see('changes', [...changes].sort());
  universal.removeAllChangeListeners();
  await ending('store set', async () => window.cookieStore && (await cookieStore.set('cs', '1')));
  await ending('store delete', async () => window.cookieStore && (await cookieStore.delete('cs')));
  await ending('store refuses', async () => window.cookieStore && (await cookieStore.set('', '')));
});
