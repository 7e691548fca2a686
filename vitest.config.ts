import { defineConfig } from 'vitest/config';

/** A browser start and a whole scenario: the limit only ends a hang, no test measures time. */
const PATIENCE = { testTimeout: 300_000, hookTimeout: 300_000 };

/** `npm run test:full`. */
const FULL = process.env.CONSENT_AUDIT_FULL === '1';

/** The specs that hold in both browsers, and Firefox's own; the others are about Chromium or the command line. */
const IN_FIREFOX = [
  'canonical-names',
  'containers',
  'cookie-texts',
  'demo',
  'etags',
  'firefox',
  'frames',
  'hostile-hooks',
  'insecure-page',
  'leaving-the-site',
  'lifetimes',
  'matrix',
  'moment',
  'never-stored',
  'other-pages',
  'refused',
  'routes',
  'slow-answers',
  'steps',
  'subdomains',
  // Slow: they wait for the long tests, for `npm test` has ten minutes.
  ...(FULL
    ? [
        'answered-by-worker',
        'compatibility',
        'control-labels',
        'flood',
        'following-pages',
        'hostile',
        'identifiers',
        'impaired-sight',
        'klaro',
        'platforms',
        'private-windows',
        'unshown',
      ]
    : []),
];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.ts', 'tests/rules/**/*.test.ts', 'tests/house/**/*.test.ts'],
          ...PATIENCE,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          exclude: ['canonical-names', 'containers', 'firefox', ...(FULL ? [] : ['compatibility', 'flood'])].map(
            (spec) => `tests/e2e/${spec}.test.ts`,
          ),
          ...PATIENCE,
        },
      },
      {
        test: {
          name: 'firefox',
          include: IN_FIREFOX.map((spec) => `tests/e2e/${spec}.test.ts`),
          env: { CONSENT_AUDIT_TEST_BROWSER: 'firefox' },
          ...PATIENCE,
        },
      },
    ],
  },
});
