check(async () => {
  const { mixpanel, posthog } = window;
  if (mixpanel) {
    mixpanel.init('token', {
      api_host: `${location.origin}/mp`,
      debug: false,
      track_pageview: false,
      persistence: 'localStorage',
      api_transport: 'XHR',
      batch_requests: false,
      autocapture: false,
    });
    await new Promise((resolve) => mixpanel.track('seen', { a: 1 }, (answer) => resolve(see('tracked', answer))));
    attempt('register', () => mixpanel.register({ plan: 'x' }));
    attempt('super property', () => mixpanel.get_property('plan'));
    attempt('opted out', () => (mixpanel.opt_out_tracking(), mixpanel.has_opted_out_tracking()));
    attempt('opted in', () => (mixpanel.opt_in_tracking(), mixpanel.has_opted_in_tracking()));
    attempt('reset', () => void mixpanel.reset());
  }
  if (posthog) {
    posthog.init('token', {
      api_host: `${location.origin}/ph`,
      advanced_disable_flags: true,
      disable_external_dependency_loading: true,
      disable_session_recording: true,
      disable_surveys: true,
      autocapture: false,
      capture_pageview: false,
      capture_pageleave: false,
      capture_performance: false,
      request_batching: false,
      persistence: 'localStorage+cookie',
    });
    attempt('capture', () => posthog.capture('seen', { a: 1 })?.event);
    attempt('register', () => (posthog.register({ plan: 'x' }), posthog.get_property('plan')));
    attempt('opt out', () => (posthog.opt_out_capturing(), posthog.has_opted_out_capturing()));
    attempt('opt in', () => (posthog.opt_in_capturing(), posthog.has_opted_in_capturing()));
    see(
      'names',
      Object.keys(localStorage).sort(),
      document.cookie
        .split('; ')
        .map((pair) => pair.split('=')[0])
        .sort(),
    );
  }
});
