/* Keeps the arm of an A/B test in the session storage, a technology that the policy does not name, and its visitor without end. */
(function () {
  'use strict';
  if (localStorage.getItem('sb_ab_visitor') === null) localStorage.setItem('sb_ab_visitor', crypto.randomUUID());
  if (sessionStorage.getItem('sb_ab_variant') === null) sessionStorage.sb_ab_variant = Math.random() < 0.5 ? 'hero-a' : 'hero-b';
  document.documentElement.dataset.variant = sessionStorage.getItem('sb_ab_variant');
})();
