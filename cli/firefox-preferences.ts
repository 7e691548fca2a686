/** The preferences that an audit in Firefox starts with: what must not hide, nothing that speaks on its own account. */
import { join } from 'node:path';
import type { AuditOptions } from './arguments.ts';

export type Preferences = Record<string, boolean | number | string>;

export const EXTENSION_ID = 'consent-audit@send-box.com';
/** The extension's address in every profile that the audit makes; Firefox would draw one by lot. */
export const EXTENSION_UUID = '0b6a3f5e-5a0e-4b0e-9c57-0f2d6c1c7a11';

/** What the audit cannot do without. A temporary add-on is uninstalled when Firefox ends; its evidence must outlive that. */
const FIXED: Preferences = {
  'extensions.webextensions.uuids': JSON.stringify({ [EXTENSION_ID]: EXTENSION_UUID }),
  'extensions.webextensions.keepStorageOnUninstall': true,
  'extensions.webextensions.keepUuidOnUninstall': true,
};
/** The last one is the driver's: it sends pointer events to frames only where one process holds all of them. */
export const FIXED_PREFERENCES = [...Object.keys(FIXED), 'fission.webContentIsolationStrategy'];

/** Firefox's own printer, whose output is a file; its preferences go by its name without spaces. */
const PRINTER = 'Mozilla Save to PDF';
const PRINTER_PREFERENCES = `print.printer_${PRINTER.replaceAll(' ', '_')}`;

/** Conditions of the audit: each is recorded, and docs/browsers.md says why. */
const CONDITIONS: Preferences = {
  // Protection that blocks, delays or empties what the site would store and send hides what is to be seen.
  'privacy.trackingprotection.enabled': false,
  'privacy.trackingprotection.cryptomining.enabled': false,
  'privacy.trackingprotection.fingerprinting.enabled': false,
  'privacy.trackingprotection.emailtracking.enabled': false,
  'privacy.trackingprotection.socialtracking.enabled': false,
  'privacy.bounceTrackingProtection.mode': 0,
  'privacy.query_stripping.enabled': false,
  'cookiebanners.service.mode': 0,
  // An http: address is opened as it is written, as in Chromium under its driver.
  'dom.security.https_first': false,
  // Under this the page's clock counts in fiftieths of a millisecond instead of whole ones: order is surer.
  'privacy.reduceTimerPrecision': false,
  // From a driver's first script on a document's stacks would tell what a timer or promise came from, which no visitor's do.
  'javascript.options.asyncstack': false,
  // A page that prints would be held up by a preview that nobody closes. It prints like any other, into a file of the profile.
  'print.always_print_silent': true,
  print_printer: PRINTER,
  [`${PRINTER_PREFERENCES}.print_to_file`]: true,
};

/** Firefox's own errands, beyond those that the driver already stops. */
const QUIET: Preferences = {
  'app.shield.optoutstudies.enabled': false,
  'browser.aboutwelcome.enabled': false,
  'browser.discovery.enabled': false,
  'browser.ml.enable': false,
  'browser.newtabpage.activity-stream.feeds.topsites': false,
  'browser.region.network.url': '',
  'browser.region.update.enabled': false,
  'browser.safebrowsing.downloads.remote.enabled': false,
  'browser.topsites.contile.enabled': false,
  'browser.urlbar.speculativeConnect.enabled': false,
  'datareporting.usage.uploadEnabled': false,
  'dom.push.connection.enabled': false,
  'extensions.systemAddon.update.enabled': false,
  'media.gmp-manager.url': '',
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.dns.disablePrefetch': true,
  'security.remote_settings.crlite_filters.enabled': false,
  'security.remote_settings.intermediates.enabled': false,
  'toolkit.telemetry.enabled': false,
  'toolkit.telemetry.server': '',
  'toolkit.telemetry.unified': false,
};

/**
 * @returns what Firefox gets, and what of it the audit records
 * `allow` is every cookie (0), `block` none of third parties (1): https://searchfox.org/mozilla-central/source/netwerk/cookie/nsICookieService.idl
 */
export function preferencesFor(options: AuditOptions, profile: string): { given: Preferences; recorded: Preferences } {
  const recorded: Preferences = {
    ...CONDITIONS,
    'network.cookie.cookieBehavior': options.thirdPartyCookies === 'block' ? 1 : 0,
    ...options.browserPrefs,
  };
  const printed = { [`${PRINTER_PREFERENCES}.print_to_filename`]: join(profile, 'printed.pdf') };
  return { given: { ...QUIET, ...printed, ...recorded, ...FIXED }, recorded };
}
