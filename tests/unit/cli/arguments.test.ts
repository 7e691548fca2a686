import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readArguments, type AuditOptions } from '../../../cli/arguments.ts';
import { ExitError } from '../../../cli/exit.ts';

function refusal(...args: string[]): ExitError {
  try {
    readArguments(args);
  } catch (error) {
    if (error instanceof ExitError) return error;
    throw error;
  }
  throw new Error(`not refused: ${args.join(' ')}`);
}

describe('what is read', () => {
  test('nothing: the demo that breaks the policy, and the defaults', () => {
    expect(readArguments([])).toEqual({
      url: null,
      demo: 'breaking',
      scenario: null,
      policy: null,
      sites: [],
      out: 'audit-out',
      formats: ['json', 'html'],
      language: null,
      operator: null,
      purpose: null,
      browser: 'chromium',
      browserPath: null,
      browserArgs: [],
      browserPrefs: {},
      viewport: '1280x800',
      thirdPartyCookies: 'allow',
      ignoreHttpsErrors: false,
      headed: false,
      failOn: 'error',
    });
  });

  test.each<[string[], Partial<AuditOptions>]>([
    [['https://send-box.com/kk'], { url: 'https://send-box.com/kk', demo: null }],
    [['send-box.com'], { url: 'https://send-box.com/' }],
    [['localhost:8443/x'], { url: 'https://localhost:8443/x' }],
    [['http://localhost:3000'], { url: 'http://localhost:3000/' }],
    [['--demo', 'clean'], { demo: 'clean' }],
    [['--demo=clean'], { demo: 'clean' }],
    [['--scenario', 's.json', '--policy=p.json', '--out', 'o'], { scenario: 's.json', policy: 'p.json', out: 'o' }],
    [
      ['--site', 'Staging.send-box.com', '--site=https://localhost:3000/', '--site', '[::1]:3000'],
      { sites: ['staging.send-box.com', 'localhost', '::1'] },
    ],
    [['--site', '*.shop.kz', '--site', 'сайт.қаз', '--site', 'shop.kz.'], { sites: ['*.shop.kz', 'сайт.қаз', 'shop.kz.'] }],
    [['--format', 'json'], { formats: ['json'] }],
    [['--format', 'html, json'], { formats: ['html', 'json'] }],
    [
      ['--language', 'kk', '--operator', 'A. B.', '--purpose=yearly review'],
      { language: 'kk', operator: 'A. B.', purpose: 'yearly review' },
    ],
    [['--browser', 'chromium', '--browser-path', '/opt/x'], { browserPath: '/opt/x' }],
    [['--browser-arg=--lang=kk', '--browser-arg', '--no-sandbox'], { browserArgs: ['--lang=kk', '--no-sandbox'] }],
    [
      ['--browser=firefox', '--browser-pref', 'network.proxy.type=1', '--browser-pref=a.b=true', '--browser-pref', 'a.text="1"'],
      { browser: 'firefox', browserPrefs: { 'network.proxy.type': 1, 'a.b': true, 'a.text': '1' } },
    ],
    [['--viewport', 'mobile'], { viewport: 'mobile' }],
    [['--viewport', '800x600'], { viewport: '800x600' }],
    [
      ['--third-party-cookies', 'block', '--ignore-https-errors', '--headed', '--fail-on', 'never'],
      { thirdPartyCookies: 'block', ignoreHttpsErrors: true, headed: true, failOn: 'never' },
    ],
  ])('%j', (args, expected) => {
    expect(readArguments(args)).toMatchObject(expected);
  });
});

describe('what is refused, in one line and with code 2', () => {
  test.each<[string[], RegExp]>([
    [['--nonsense'], /--nonsense.*unknown option.*Known: URL, --demo/],
    [['--nonsense=1'], /--nonsense=1.*unknown option/],
    [['-h'], /-h: unknown option/],
    [['--demo'], /--demo: a value is expected/],
    [['--out='], /--out: a value is expected/],
    [['--demo', 'broken'], /--demo broken: expected breaking or clean/],
    [['--fail-on', 'notes'], /--fail-on notes: expected error or warning or never/],
    [['--third-party-cookies', 'maybe'], /--third-party-cookies maybe: expected allow or block/],
    [['--viewport', 'big'], /--viewport big: expected WIDTHxHEIGHT.*1280x800/],
    [['--viewport', '0x600'], /--viewport 0x600: expected/],
    ...['a b', 'a..b', 'a.b..', '*', 'a*.b', 'x@a.b', `${'a'.repeat(64)}.b`, 'a.'.repeat(128)].map((site): [string[], RegExp] => [
      ['--site', site],
      /^--site \S.*: expected a host name such as staging\.send-box\.com\.$/,
    ]),
    [['--format', 'pdf'], /--format pdf: unknown format.*json/],
    [['--language', 'de'], /--language de: expected kk or ru or en/],
    [['--operator='], /--operator: a value is expected/],
    [['--format', ','], /--format ,: expected a list of formats/],
    [['--browser', 'opera'], /--browser opera: expected chromium/],
    [['--headed=yes'], /--headed=yes.*unknown option/],
    [['https://a.kz', 'https://b.kz'], /https:\/\/b\.kz.*one URL is expected.*https:\/\/a\.kz/],
    [['https://a.kz', '--demo', 'clean'], /--demo clean.*a URL was given too.*https:\/\/a\.kz/],
    [['ftp://a.kz/'], /ftp:\/\/a\.kz\/: expected an http: or https: URL/],
    [['https://'], /https:\/\/: not a URL/],
    [['--demo', 'a\nb\u202e'], /--demo a\\u\{a\}b\\u\{202e\}: expected/],
  ])('%j', (args, message) => {
    const { code, message: text } = refusal(...args);
    expect(code).toBe(2);
    expect(text).toMatch(message);
    expect(text).not.toMatch(/[\n\r]/);
  });

  test.each(['--baseline', '--write-baseline', '--key', '--urls', '--sitemap', '--shard', '--include-values'])(
    '%s, which a later version will have, by its name',
    (name) => {
      for (const args of [[name, 'x'], [`${name}=x`], [name]])
        expect(refusal(...args)).toMatchObject({ code: 2, message: `${name}: not available in this version.` });
    },
  );

  test.each(['csv', 'sarif', 'junit', 'har'])('the format %s, which a later version will have, by its name', (format) => {
    expect(refusal('--format', `json,${format}`)).toMatchObject({
      code: 2,
      message: `--format ${format}: not available in this version (available: json, html).`,
    });
  });

  test('a preference that is none, or that is not for this browser', () => {
    expect(refusal('--browser', 'firefox', '--browser-pref', 'network.proxy.type')).toMatchObject({ code: 2 });
    expect(refusal('--browser-pref', 'network.proxy.type=1')).toMatchObject({
      code: 2,
      message: "--browser-pref network.proxy.type: preferences are Firefox's; expected --browser firefox with it.",
    });
  });

  test('names of the language itself are no options', () => {
    for (const name of ['--__proto__', '--constructor', '--toString']) expect(refusal(name, 'x').message).toContain('unknown option');
  });

  test('whatever is typed: options, or one line', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('--demo', '--site', '--format', '--out', 'clean', 'json'))),
        (args) => {
          try {
            readArguments(args);
          } catch (error) {
            expect(error).toBeInstanceOf(ExitError);
            expect((error as ExitError).message).not.toMatch(/[\n\r]/);
          }
        },
      ),
    );
  });
});
