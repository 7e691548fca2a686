/** What the user's choice says of a thing. */
import type { ConsentEntry } from '../../model/audit.ts';
import type { Phase } from '../../model/observation.ts';
import type { Permission, Subject } from './facts.ts';

/** The moment in question: phase, entry in force, categories granted up to then. */
export interface Moment {
  phase: Phase;
  entry: ConsentEntry;
  granted: ReadonlySet<string>;
}

/**
 * Whether the thing was allowed at that moment. After an acceptance only an explicit refusal of the category counts against it:
 * a category that was not offered, or that nobody knows, is left to the rules about what the policy does not declare.
 */
export function permissionOf(subject: Pick<Subject, 'exempt' | 'category'>, moment: Moment): Permission {
  if (subject.exempt) return 'exempt';
  const said = moment.entry.categories[subject.category];
  const nowNot = (otherwise: Permission): Permission => (moment.granted.has(subject.category) ? 'withdrawn' : otherwise);
  switch (moment.phase) {
    case 'unknown':
      return 'unknown';
    case 'before-choice':
      return 'before-choice';
    case 'accepted':
      return said === false ? nowNot('not-granted') : 'granted';
    case 'partial':
      if (said === true) return 'granted';
      return isUntold(moment.entry, subject.category) ? 'not-granted' : nowNot('not-granted');
    case 'rejected':
      return said === true ? 'granted' : nowNot('refused');
    case 'withdrawn':
      return said === true ? 'granted' : 'withdrawn';
  }
}

/** Whether the category may be one that was granted under a name of the site's own. */
export function isUntold({ categories, otherNames }: ConsentEntry, category: string): boolean {
  return (categories[category] ?? null) === null && Object.values(otherNames ?? {}).includes(true);
}
