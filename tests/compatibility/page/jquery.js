check(async () => {
  const $ = window.jQuery;
  $(
    '<div id="app"><button class="a">one</button><form><input name="q" value="1"><select name="s"><option>x</option></select></form></div>',
  ).appendTo('body');
  see('rendered', $('#app')[0]);
  $('#app').on('click', 'button', (event) => see('delegated', event.type, event.target.className));
  $('button')
    .on('click.ours', () => see('direct'))
    .trigger('click')[0]
    .click();
  see('serialized', $('form').serialize());
  see('attributes', $('<img>').attr('src', '/pixel.gif?attr').prop('src'));
  await next($('<img>').attr('src', '/pixel.gif?load').appendTo('#app')[0], 'load');
  $('#app').html('<p>put in</p><script>see("script of markup", document.currentScript !== null)</' + 'script>');
  see('after markup', $('#app')[0]);
  await ending('get', () => $.getJSON('/json'));
  await ending('post', () => $.post('/echo', { a: 1, b: [2, 3] }));
  await $.get('/missing').then(
    () => see('not missing'),
    (xhr, status, text) => see('missing', xhr.status, status, text),
  );
  await ending('script', () => $.getScript('/script.js'));
  await new Promise((resolve) => $('#app').load('/fragment #inner', (text, status) => resolve(see('loaded', text, status, $('#app')[0]))));
  await new Promise(
    (resolve) => $(document).one('ajaxComplete', (_event, xhr) => resolve(see('ajaxComplete', xhr.status))) && void $.ajax('/json'),
  );
  await $.Deferred((deferred) => deferred.resolve(1))
    .then(() => {
      throw new TypeError('of the page');
    })
    .catch((error) => see('caught', error));
  document.cookie = 'jq=1; Path=/';
  see('cookie', document.cookie);
  $('#app').remove();
});
