/** Of requests whose headers the browser does not show nobody can tell the cookies: to say that there were none would be a claim. */
import type { RequestDraft } from './requests.ts';

export function markHidden(requests: RequestDraft[]): void {
  for (const { draft, hop } of requests)
    if (hop?.headers?.hidden && draft.request) draft.request = { ...draft.request, cookiesHidden: true };
}
