check(async () => {
  see('url', new URL('/a?b=1#c', location.href).href, new URLSearchParams({ a: '1 2' }).toString());
  see(
    'arrays',
    [3, 1, 2].toSorted(),
    Object.groupBy([1, 2, 3], (n) => (n % 2 ? 'odd' : 'even')),
    Array.from(new Set([1, 1])),
  );
  see('clone', structuredClone({ a: [new Date(0)], b: new Map([[1, 2]]) }));
  await ending('promises', () => Promise.allSettled([Promise.reject(new Error('one')), Promise.try(() => 2)]));
  await ending('fetch', () => fetch('/json').then((answer) => answer.json()));
  await ending('fetch of nothing', () => fetch('https://'));
  document.cookie = 'corejs=1';
  localStorage.setItem('corejs', JSON.stringify({ a: Symbol.iterator.toString() }));
  see('iterated', Object.entries(localStorage), Object.fromEntries(Object.entries(localStorage)));
  attempt('too much', () => structuredClone(() => 0));
  refusal('clone of the storage', () => structuredClone(localStorage));
  Promise.reject(new RangeError('nobody handles this'));
  queueMicrotask(() => {
    throw new TypeError('of a microtask');
  });
});
