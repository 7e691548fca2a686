check(async () => {
  for (const type of ['htmx:before:request', 'htmx:after:request', 'htmx:after:swap', 'htmx:error', 'htmx:response:error'])
    document.addEventListener(type, (event) => see(type, event.target.id));
  document.body.insertAdjacentHTML(
    'beforeend',
    '<div id="target"></div><button id="get" hx-get="/fragment" hx-target="#target">g</button><form id="form" hx-post="/echo" hx-target="#target"><input name="a" value="1"></form>',
  );
  window.htmx.process(document.body);
  const swapped = () => next(document, 'htmx:after:swap');
  let done = swapped();
  document.getElementById('get').click();
  await done;
  see('got', document.getElementById('target'));
  done = swapped();
  document.getElementById('form').requestSubmit();
  await done;
  see('posted', document.getElementById('target'));
  await ending('by code', () => window.htmx.ajax('GET', '/fragment', '#target'));
  see('in the end', document.getElementById('target'));
});
