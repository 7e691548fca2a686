/** Whom the catalogue knows as the recipient of a request. */
import type { Catalogue, KnownRecipient } from '../../catalogue/catalogue.ts';
import type { GatheredObservation } from '../../model/observation.ts';

/** null for what is no request, and for unknown recipients. */
export function knownRecipient(catalogue: Catalogue, o: GatheredObservation): KnownRecipient | null {
  if (o.request === null) return null;
  const { protocol, tagId } = o.request;
  return catalogue.recipient({ host: o.host, path: pathOf(o), protocol, tagId });
}

/** The path of a request's address. */
export function pathOf({ request }: GatheredObservation): string {
  return URL.parse(request?.url ?? '')?.pathname ?? '/';
}
