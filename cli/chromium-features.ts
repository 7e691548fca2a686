/** Features of Chromium that an audit turns off: https://source.chromium.org/chromium/chromium/src/+/main:base/feature_list.h */

const SWITCH = '--disable-features=';

/**
 * The driver's own list, which ours replaces, for the switch counts once. Without `ThirdPartyStoragePartitioning`: the storage of
 * foreign frames is kept apart as it is for any visitor.
 */
const DRIVER = [
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  // The browser's own errands.
  'AimEnabled',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PreconnectToSearch',
  // Other systems and makes.
  'TcpPortRandomizationWin',
  'msEdgeUpdateLaunchServicesPreferredVersion',
  'msForceBrowserSignIn',
];

/** Pages of the address bar that nobody looks at: a quarter of the processor time of a start. */
const ADDRESS_BAR = ['WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup', 'WebUIOmniboxPopup'];

/** For drivers that add to their own list what an argument names. */
export const WITHOUT_ADDRESS_BAR = `${SWITCH}${ADDRESS_BAR.join(',')}`;

/** These arguments with one switch for all features: those that they turn off, and ours. */
export function withoutFeatures(args: string[]): string[] {
  const named = args.filter((arg) => arg.startsWith(SWITCH)).flatMap((arg) => arg.slice(SWITCH.length).split(',').filter(Boolean));
  return [...args.filter((arg) => !arg.startsWith(SWITCH)), `${SWITCH}${[...new Set([...DRIVER, ...ADDRESS_BAR, ...named])].join(',')}`];
}
