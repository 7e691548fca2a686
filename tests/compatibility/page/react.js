import { Component, createElement as h, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';

const subscribe = (heard) => {
  addEventListener('storage', heard);
  return () => removeEventListener('storage', heard);
};

class Boundary extends Component {
  constructor(props) {
    super(props);
    this.state = { error: null };
  }
  static getDerivedStateFromError(error) {
    return { error };
  }
  render() {
    return this.state.error ? h('p', { id: 'broken' }, this.state.error.message) : this.props.children;
  }
}

function Breaks() {
  throw new RangeError('of a component');
}

function App() {
  const [count, setCount] = useState(() => Number(localStorage.getItem('count') ?? 0));
  const theme = useSyncExternalStore(subscribe, () => localStorage.theme ?? 'none');
  const image = useRef(null);
  useEffect(() => {
    localStorage.count = count;
    document.cookie = `count=${count}`;
    see('effect', count);
    return () => see('cleaned up', count);
  }, [count]);
  return h(
    'main',
    null,
    h('button', { onClick: (event) => (see('clicked', event.type, event.nativeEvent.isTrusted), setCount(count + 1)) }, count),
    h('input', { defaultValue: 'x', onInput: (event) => see('input', event.target.value) }),
    h('img', { ref: image, src: '/pixel.gif?react', onLoad: () => see('image loaded', image.current.src) }),
    h('svg', null, h('use', { xlinkHref: '#icon' })),
    h('div', { dangerouslySetInnerHTML: { __html: '<b>bold</b><img src="/pixel.gif?html">' } }),
    h('p', { id: 'theme' }, theme),
  );
}

check(async () => {
  const place = document.body.appendChild(document.createElement('div'));
  const root = createRoot(place);
  flushSync(() => root.render(h(App)));
  see('rendered', place);
  await next(place.querySelector('img'), 'load');
  flushSync(() => place.querySelector('button').click());
  const input = place.querySelector('input');
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(input, 'typed');
  input.dispatchEvent(new Event('input', { bubbles: true }));
  localStorage.theme = 'dark';
  const event = new StorageEvent('storage', { key: 'theme', newValue: 'dark', storageArea: localStorage });
  see('storage event', event.storageArea === localStorage, event.key, event.constructor === StorageEvent, event instanceof StorageEvent);
  flushSync(() => dispatchEvent(event));
  see('again', place);
  flushSync(() => root.render(h(Boundary, null, h(Breaks))));
  see('boundary', place);
  flushSync(() => root.unmount());
  see('unmounted', place);
});
