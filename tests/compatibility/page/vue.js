check(async () => {
  const { createApp, nextTick, reactive, ref, watch, isReactive, h, Teleport } = window.Vue;
  const place = document.body.appendChild(document.createElement('div'));
  const app = createApp({
    components: {
      Breaks: {
        render: () => {
          throw new RangeError('of a component');
        },
      },
      Moved: { render: () => h(Teleport, { to: 'body' }, h('i', 'moved')) },
    },
    setup() {
      const count = ref(Number(localStorage.getItem('count') ?? 0));
      const text = ref('x');
      watch(count, (now, before) => {
        localStorage.setItem('count', now);
        document.cookie = `count=${now}`;
        see('watched', before, now);
      });
      return { count, text, show: ref(false) };
    },
    mounted() {
      see('mounted');
    },
    unmounted() {
      see('unmounted');
    },
    template: `<button @click="count++">{{ count }}</button><input v-model="text"><p>{{ text }}</p><img src="/pixel.gif?vue" :alt="text">
      <div v-html="'<b>bold</b>'"></div><Moved /><iframe src="about:blank"></iframe><Breaks v-if="show" />`,
  });
  app.config.errorHandler = (error, _instance, info) => see('handled', error.name, error.message, info);
  const instance = attempt('mount', () => {
    const root = app.mount(place);
    see('rendered', place);
    window.root = root;
    return typeof root;
  });
  see('instance', instance);
  place.querySelector('button').click();
  await nextTick();
  place.querySelector('input').value = 'typed';
  place.querySelector('input').dispatchEvent(new Event('input'));
  await nextTick();
  see('again', place);
  const stored = attempt('reactive storage', () => reactive(localStorage));
  see('is it reactive', isReactive(stored), stored === localStorage);
  const held = reactive({ storage: localStorage });
  attempt('storage within', () => held.storage.getItem('count'));
  window.root.show = true;
  await nextTick();
  app.unmount();
  see('left', document.body);
});
