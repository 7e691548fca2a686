/** What each service did before a choice, with consent, and against it: the popup's small table. */
import { activityByService, type Counts, type ServiceActivity } from '../tell/activity.ts';
import { visible } from '../tell/message.ts';
import type { Audit } from '../model/audit.ts';
import type { Phase } from '../model/observation.ts';
import { categoryText } from './consent-now.ts';
import type { Say } from './say.ts';

/** The stretches that matter to a reader; `unknown` only where something fell into it. */
export const STRETCHES = ['before', 'with', 'against', 'unknown'] as const;
export type Stretch = (typeof STRETCHES)[number];

const STRETCH_OF: Record<Phase, Stretch> = {
  'before-choice': 'before',
  accepted: 'with',
  partial: 'with',
  rejected: 'against',
  withdrawn: 'against',
  unknown: 'unknown',
};

export interface CellShown {
  stretch: Stretch;
  /** Writes and requests together; 0 shows as a dash. */
  total: number;
  /** The same in words: what was stored and what was sent. */
  words: string;
  /** Something that needs consent happened where there was none. */
  bad: boolean;
}

export interface ServiceShown {
  key: string;
  name: string;
  category: string;
  /** The policy does not name it. */
  undeclared: boolean;
  cells: CellShown[];
}

/** Rows of all services that did anything, those with the most errors first; `stretches` are the columns that are needed. */
export function beforeAndAfter(audit: Audit, say: Say): { stretches: Stretch[]; rows: ServiceShown[] } {
  const activity = activityByService(audit).filter(({ observations }) => observations.length > 0);
  const anyUnknown = activity.some(({ phases }) => phases.unknown !== undefined);
  const stretches = STRETCHES.filter((stretch) => stretch !== 'unknown' || anyUnknown);
  return { stretches, rows: activity.map((service) => shown(service, stretches, say)) };
}

function shown(service: ServiceActivity, stretches: Stretch[], say: Say): ServiceShown {
  return {
    key: service.key,
    name: visible(service.name),
    category: service.service === null && service.declared ? say('popup_services_site') : categoryText(service.category, say),
    undeclared: !service.declared,
    cells: stretches.map((stretch) => {
      const { stored, requests } = sum(service, stretch);
      return {
        stretch,
        total: stored + requests,
        words: say('popup_services_cell', { stored, requests }),
        bad: stored + requests > 0 && service.errors > 0 && (stretch === 'before' || stretch === 'against'),
      };
    }),
  };
}

function sum({ phases }: ServiceActivity, stretch: Stretch): Counts {
  const counts: Counts = { stored: 0, requests: 0 };
  for (const [phase, one] of Object.entries(phases) as [Phase, Counts][]) {
    if (STRETCH_OF[phase] !== stretch) continue;
    counts.stored += one.stored;
    counts.requests += one.requests;
  }
  return counts;
}
