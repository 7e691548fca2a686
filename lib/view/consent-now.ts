/** The state of consent in force, as the popup shows it. */
import type { Audit, ConsentEntry } from '../model/audit.ts';
import { visible } from '../tell/message.ts';
import { instantText } from './instant.ts';
import type { Say } from './say.ts';

export interface CategoryShown {
  id: string;
  label: string;
  /** true granted, false refused, null not offered or not known. */
  granted: boolean | null;
  /** The same in a word. */
  word: string;
}

export interface ConsentShown {
  state: ConsentEntry['state'];
  stateText: string;
  /** Since when and how it is known, in one sentence. */
  since: string;
  categories: CategoryShown[];
}

/**
 * The last entry of the timeline in words; null where the audit has none.
 * @param timeZone IANA name; default: the browser's
 */
export function consentNow(audit: Audit, say: Say, timeZone?: string): ConsentShown | null {
  const entry = audit.consent.at(-1);
  if (!entry) return null;
  return {
    state: entry.state,
    stateText: say(`popup_state_${underscored(entry.state)}`),
    since: say('popup_consent_since', { time: instantText(entry.at, timeZone), source: sourceText(entry, say) }),
    categories: [
      ...orderOf(audit, entry).map((id) => shown(id, categoryText(id, say), entry.categories[id] ?? null, say)),
      ...otherNames(entry, say),
    ],
  };
}

function shown(id: string, label: string, granted: boolean | null, say: Say): CategoryShown {
  return { id, label, granted, word: say(`popup_category_${granted === null ? 'open' : granted ? 'granted' : 'refused'}`) };
}

const MOST_NAMES = 8;

/** Names of the site's own, in quotation marks; of many the first, and how many more there are. */
function otherNames(entry: ConsentEntry, say: Say): CategoryShown[] {
  const names = Object.entries(entry.otherNames ?? {});
  const more = names.length - MOST_NAMES;
  return [
    ...names.slice(0, MOST_NAMES).map(([name, granted]) => shown(`"${name}"`, `"${visible(name)}"`, granted, say)),
    ...(more > 0 ? [shown('"', `+${more}`, null, say)] : []),
  ];
}

/** A category in words; ids that the tool does not know stay as the policy writes them. */
export function categoryText(id: string, say: Say): string {
  return say.or(visible(id), `popup_category_named_${underscored(id)}`);
}

/** The policy's own order, for the timeline's is that of its construction. */
function orderOf(audit: Audit, entry: ConsentEntry): string[] {
  const declared = Array.isArray(audit.policy.document.categories)
    ? (audit.policy.document.categories as { id?: unknown }[]).map(({ id }) => id)
    : [];
  const at = (id: string): number => (declared.includes(id) ? declared.indexOf(id) : declared.length);
  return Object.keys(entry.categories).sort((a, b) => at(a) - at(b));
}

function sourceText({ source }: ConsentEntry, say: Say): string {
  const platform = /^cmp:(.*)$/s.exec(source)?.[1];
  if (platform !== undefined) return say('popup_source_cmp', { name: platform });
  return say.or(visible(source), `popup_source_${underscored(source)}`);
}

function underscored(id: string): string {
  return id.replaceAll('-', '_');
}
