import { bundledPolicy } from '../../lib/policy/bundled/index.ts';
import type { PolicyDocument } from '../../lib/model/policy.ts';

/** What both services send of every page, and section 1 of the policy does not list. */
const MEASURED = ['browser-features', 'document-encoding', 'page-timing', 'pixel-ratio', 'session-count', 'session-engaged', 'viewport'];

/**
 * The policy that the demo site is audited by: the bundled one of send-box.com, with the keys that the replica itself writes,
 * where it records a consent, and the data that the declared services send. `consent-policy/1`, a new object at each call.
 */
export function demoPolicy(): PolicyDocument {
  return {
    ...bundledPolicy,
    keys: [
      ...(bundledPolicy.keys ?? []),
      { name: 'sb_session', store: 'cookie', host: 'send-box.com', category: 'mandatory', retention: 'session', clause: '2.1' },
      { name: 'sb_lang', store: 'cookie', host: 'send-box.com', category: 'functional', retention: 'P12M', clause: '2.2' },
      { name: 'cc_cookie', store: 'cookie', host: 'send-box.com', category: 'mandatory', retention: 'P12M', clause: '7.1' },
    ],
    data: [...(bundledPolicy.data ?? []), { id: 'measurement', clause: '1', kinds: MEASURED }],
    consent: {
      ...bundledPolicy.consent,
      record: {
        store: 'cookie',
        key: 'cc_cookie',
        categories: { functional: 'functional', analytical: 'analytical', marketing: 'marketing' },
      },
    },
  };
}
