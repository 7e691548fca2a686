/** What the popup shows for a tab before anything else. */
import { hostOf } from '../gather/url.ts';
import type { Commands } from '../messaging/commands.ts';
import type { Live } from './live.ts';

export function statusOf(
  { policy, settings, store, private: ofPrivateWindows, containerOf }: Live,
  { tab, url }: Commands['status']['ask'],
): Commands['status']['answer'] {
  const host = hostOf(url);
  const { id, version } = policy.document;
  return {
    audited: policy.isSite(host),
    host,
    policy: { id, version },
    sites: policy.sites,
    added: settings.sites,
    private: ofPrivateWindows,
    ...containerOf(tab),
    trouble: store.trouble(),
  };
}
