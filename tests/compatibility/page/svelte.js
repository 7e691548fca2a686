import { flushSync, mount, unmount } from 'svelte';
import Counter from './Counter.svelte';

check(async () => {
  const place = document.body.appendChild(document.createElement('div'));
  const counter = mount(Counter, { target: place, props: { see } });
  flushSync();
  see('rendered', place);
  await next(place.querySelector('img'), 'load');
  place.querySelector('button').click();
  flushSync();
  await next(place.querySelector('img'), 'load');
  place.querySelector('input').value = 'typed';
  place.querySelector('input').dispatchEvent(new Event('input', { bubbles: true }));
  flushSync();
  see('again', place);
  await unmount(counter);
  see('unmounted', place);
});
