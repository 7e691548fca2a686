/** The catalogue: one object over the tables. */
import type { Catalogue } from './catalogue.ts';
import { distinctiveKey, knownKey } from './keys.ts';
import { knownRecipient } from './recipients.ts';

export const catalogue: Catalogue = { key: knownKey, isDistinctive: distinctiveKey, recipient: knownRecipient };
