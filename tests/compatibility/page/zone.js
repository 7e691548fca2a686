check(async () => {
  const { Zone } = window;
  see('zone', Zone.current.name);
  const zone = Zone.current.fork({
    name: 'own',
    onScheduleTask: (delegate, current, target, task) => (see('scheduled', task.type, task.source), delegate.scheduleTask(target, task)),
    onInvokeTask: (delegate, current, target, task, self, args) => (
      see('invoked', task.type, task.source),
      delegate.invokeTask(target, task, self, args)
    ),
    onHandleError: (delegate, current, target, error) => (see('handled', error.name, error.message), false),
  });
  await zone.run(async () => {
    const request = new XMLHttpRequest();
    request.open('GET', '/json');
    request.send();
    await next(request, 'load');
    see('xhr', request.status, request.responseText, Zone.current.name);
    await ending('fetch', () => fetch('/json').then((answer) => answer.json()));
    const image = new Image();
    image.onload = () => see('image', Zone.current.name);
    image.src = '/pixel.gif?zone';
    await next(image, 'load');
    const open = indexedDB.open('zone', 1);
    open.onupgradeneeded = () => open.result.createObjectStore('s');
    await next(open, 'success');
    const put = open.result.transaction('s', 'readwrite').objectStore('s').put('value', 'key');
    await next(put, 'success');
    see('put', put.result, Zone.current.name);
    open.result.close();
    const button = document.body.appendChild(document.createElement('button'));
    const heard = () => see('click', Zone.current.name);
    button.addEventListener('click', heard);
    button.onclick = () => see('onclick', Zone.current.name);
    button.click();
    button.removeEventListener('click', heard);
    button.click();
    see('listeners', button.eventListeners?.('click').length);
    document.cookie = 'zone=1';
    localStorage.zone = 1;
    await new Promise((resolve) => setTimeout(resolve));
  });
  await new Promise((resolve) =>
    zone.run(() =>
      setTimeout(() => {
        resolve();
        throw new TypeError('of a task');
      }),
    ),
  );
});
