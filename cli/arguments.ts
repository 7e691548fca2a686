/** Reads the options of `npm run audit`. */
import { EXPORTS } from '../lib/tell/export/index.ts';
import { asciiHost } from '../lib/policy/pattern.ts';
import { LANGUAGES, type Language } from '../lib/model/policy.ts';
import type { BrowserName } from './find-browser.ts';
import { FIXED_PREFERENCES, type Preferences } from './firefox-preferences.ts';
import { usageError } from './exit.ts';

export interface AuditOptions {
  url: string | null;
  demo: 'breaking' | 'clean' | null;
  scenario: string | null;
  policy: string | null;
  sites: string[];
  out: string;
  /** Keys of lib/tell/export. */
  formats: string[];
  /** null: the environment's. */
  language: Language | null;
  operator: string | null;
  purpose: string | null;
  browser: BrowserName;
  browserPath: string | null;
  browserArgs: string[];
  /** Firefox's, as they were given; they go before the tool's own. */
  browserPrefs: Preferences;
  viewport: string;
  thirdPartyCookies: 'allow' | 'block';
  ignoreHttpsErrors: boolean;
  headed: boolean;
  failOn: 'error' | 'warning' | 'never';
}

const FORMATS = Object.keys(EXPORTS);
const LATER_FORMATS = ['csv', 'sarif', 'junit', 'har'].filter((format) => !FORMATS.includes(format));
const LATER = ['--baseline', '--write-baseline', '--key', '--urls', '--sitemap', '--shard', '--include-values'];

type Reader = (options: AuditOptions, value: string, name: string) => void;

const VALUES: Record<string, Reader> = {
  '--demo': (options, value, name) => (options.demo = oneOf(name, value, ['breaking', 'clean'])),
  '--scenario': (options, value) => (options.scenario = value),
  '--policy': (options, value) => (options.policy = value),
  '--site': (options, value, name) => options.sites.push(host(name, value)),
  '--out': (options, value) => (options.out = value),
  '--format': (options, value) => (options.formats = formats(value)),
  '--language': (options, value, name) => (options.language = oneOf(name, value, [...LANGUAGES])),
  '--operator': (options, value) => (options.operator = value),
  '--purpose': (options, value) => (options.purpose = value),
  '--browser': (options, value, name) => (options.browser = oneOf(name, value, ['chromium', 'firefox'])),
  '--browser-path': (options, value) => (options.browserPath = value),
  '--browser-arg': (options, value) => options.browserArgs.push(value),
  '--browser-pref': (options, value, name) => Object.assign(options.browserPrefs, preference(name, value)),
  '--viewport': (options, value, name) => {
    if (value !== 'mobile' && !/^[1-9]\d{1,4}x[1-9]\d{1,4}$/.test(value))
      throw usageError(`${name} ${value}: expected WIDTHxHEIGHT such as 1280x800, or "mobile".`);
    options.viewport = value;
  },
  '--third-party-cookies': (options, value, name) => (options.thirdPartyCookies = oneOf(name, value, ['allow', 'block'])),
  '--fail-on': (options, value, name) => (options.failOn = oneOf(name, value, ['error', 'warning', 'never'])),
};

const FLAGS: Record<string, (options: AuditOptions) => void> = {
  '--ignore-https-errors': (options) => (options.ignoreHttpsErrors = true),
  '--headed': (options) => (options.headed = true),
};

/**
 * @param args the command line after the script's name; `--name value` and `--name=value`
 * @throws ExitError with code 2 and one line for anything it does not know
 */
export function readArguments(args: string[]): AuditOptions {
  const options: AuditOptions = {
    url: null,
    demo: null,
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
  };
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] as string;
    if (!arg.startsWith('-')) {
      if (options.url !== null) throw usageError(`${arg}: one URL is expected, "${options.url}" was given already.`);
      options.url = address(arg);
      continue;
    }
    const [, name = arg, inline] = /^(--[^=]+)(?:=(.*))?$/s.exec(arg) ?? [];
    if (LATER.includes(name)) throw usageError(`${name}: not available in this version.`);
    if (name in FLAGS && inline === undefined) FLAGS[name]?.(options);
    else if (name in VALUES) {
      const value = inline ?? args[++index];
      if (value === undefined || value === '') throw usageError(`${name}: a value is expected.`);
      VALUES[name]?.(options, value, name);
    } else throw usageError(`${arg}: unknown option. Known: URL, ${[...Object.keys(VALUES), ...Object.keys(FLAGS)].join(', ')}.`);
  }
  if (options.url !== null && options.demo !== null)
    throw usageError(`--demo ${options.demo}: a URL was given too ("${options.url}"); expected one of them.`);
  const [pref] = Object.keys(options.browserPrefs);
  if (pref !== undefined && options.browser !== 'firefox')
    throw usageError(`--browser-pref ${pref}: preferences are Firefox's; expected --browser firefox with it.`);
  if (options.url === null) options.demo ??= 'breaking';
  return options;
}

/** `NAME=VALUE` with the type that Firefox keeps it in: `true` and `false`, whole numbers, else text; "in quotes" is always text. */
function preference(name: string, value: string): Preferences {
  const [, key = '', text = ''] = /^([A-Za-z][\w.-]*)=(.*)$/s.exec(value) ?? [];
  if (key === '') throw usageError(`${name} ${value}: expected NAME=VALUE such as network.proxy.type=1.`);
  if (FIXED_PREFERENCES.includes(key)) throw usageError(`${name} ${key}: the audit itself needs this preference as it is.`);
  if (text === 'true' || text === 'false') return { [key]: text === 'true' };
  if (/^-?\d+$/.test(text)) {
    // nsIPrefBranch keeps 32-bit integers: https://searchfox.org/mozilla-central/source/modules/libpref/nsIPrefBranch.idl
    if (Math.abs(Number(text)) > 0x7fffffff) throw usageError(`${name} ${value}: expected a number of 32 bits, or "${text}" in quotes.`);
    return { [key]: Number(text) };
  }
  return { [key]: /^"(.*)"$/s.exec(text)?.[1] ?? text };
}

function oneOf<const T extends string>(name: string, value: string, known: T[]): T {
  const found = known.find((one) => one === value);
  if (!found) throw usageError(`${name} ${value}: expected ${known.join(' or ')}.`);
  return found;
}

function formats(value: string): string[] {
  const list = value
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);
  for (const format of list) {
    if (LATER_FORMATS.includes(format))
      throw usageError(`--format ${format}: not available in this version (available: ${FORMATS.join(', ')}).`);
    if (!FORMATS.includes(format)) throw usageError(`--format ${format}: unknown format (available: ${FORMATS.join(', ')}).`);
  }
  if (list.length === 0) throw usageError(`--format ${value}: expected a list of formats (available: ${FORMATS.join(', ')}).`);
  return list;
}

/** Labels of 1 to 63 characters, 253 in all: https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4 */
const HOST_NAME = /^(\*\.)?(?=.{1,253}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*$/;

function host(name: string, value: string): string {
  const found = /^(?:https?:\/\/)?(\[[0-9a-f:]+\]|[^/:\s]+)(?::\d+)?\/?$/i.exec(value)?.[1];
  if (!found || !(found.startsWith('[') || HOST_NAME.test(asciiHost(found))))
    throw usageError(`${name} ${value}: expected a host name such as staging.send-box.com.`);
  return found.replace(/^\[|\]$/g, '').toLowerCase();
}

function address(value: string): string {
  const text = /^[a-z][a-z0-9+.-]*:/i.test(value) && !/^[^/]+:\d+(\/|$)/.test(value) ? value : `https://${value}`;
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw usageError(`${value}: not a URL. Expected one such as https://send-box.com/.`);
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw usageError(`${value}: expected an http: or https: URL.`);
  return url.href;
}
