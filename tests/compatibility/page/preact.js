check(async () => {
  const { h, render } = window.preact;
  const { useEffect, useState } = window.preactHooks;
  const App = () => {
    const [count, setCount] = useState(Number(sessionStorage.getItem('count') ?? 0));
    useEffect(() => {
      sessionStorage.count = count;
      see('effect', count);
    }, [count]);
    return h(
      'main',
      null,
      h('button', { onClick: () => setCount(count + 1) }, count),
      h('img', { src: `/pixel.gif?preact=${count}` }),
      h('script', { src: '/script.js' }),
      h('div', { dangerouslySetInnerHTML: { __html: '<b>b</b>' } }),
    );
  };
  const place = document.body.appendChild(document.createElement('div'));
  render(h(App), place);
  see('rendered', place);
  await next(place.querySelector('img'), 'load');
  await until(() => sessionStorage.count === '0');
  place.querySelector('button').click();
  await until(() => sessionStorage.count === '1');
  see('again', place);
  render(null, place);
  await until(() => window.loaded);
  see('unmounted', place);
});
