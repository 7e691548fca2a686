/** What the background knows once it has read its settings back. */
import type { GatherContext } from '../gather/browser/context.ts';
import type { Policy } from '../policy/policy.ts';
import type { CaptureStore } from '../store/captures.ts';
import type { Settings } from '../settings/settings.ts';

export interface Live extends GatherContext {
  settings: Settings;
  policy: Policy;
  store: CaptureStore;
}
