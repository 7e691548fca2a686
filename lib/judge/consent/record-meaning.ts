/** What a consent record grants, in the policy's own categories. */
import { isPurposeName, tcfCategories } from '../../catalogue/tcf.ts';
import type { RecordFacts } from '../../model/observation.ts';
import type { Policy } from '../../policy/policy.ts';

export type Granted = Record<string, boolean | null>;

export interface RecordMeaning {
  granted: Granted;
  /** The record lists only what was accepted: what it leaves out was refused, or never offered. */
  listsOnlyAccepted: boolean;
  /** It says "no" also of what the page never asked for: after "accept all" that was not refused. */
  mayNotOffer?: boolean;
  /** What it says of names that are the site's own: nobody can tell which of the policy's categories they are. */
  otherNames?: Record<string, boolean>;
  /** It is one word for everything. */
  oneWord?: true;
}

/** The names that consent platforms use, by the kind of category; all lower case. */
const NAMES: Record<string, RegExp> = {
  mandatory: /^(strictly[-_ ]?)?(necessary|essential|required|mandatory|technical|security|c0001|ad_?security)([-_ ]?cookies?)?$/,
  functional:
    /^(functional(ity)?|preferences?|personali[sz]ation|convenience|c0003|functionality_storage|personalization_storage)([-_ ]?cookies?)?$/,
  analytical: /^(analytic(s|al)?|statistics?|stats|performance|measurement|c0002|analytics_storage)([-_ ]?(cookies?|storage))?$/,
  marketing: /^(marketing|advertis(ing|ements?)|ads?|targeting|remarketing|retargeting|c0004|ad_storage)([-_ ]?(cookies?|storage))?$/,
};

/** What records say of themselves or of the choice as a whole, in pairs that look like a category's. */
const ABOUT_THE_CHOICE =
  /^(consent(ed|s|given)?|accepted|agreed|chosen|answered|decided|saved|completed?|done|set|shown?|hidden|hide|closed?|dismissed|seen|read|viewed|interacted|implicit|explicit|gpc|dnt|eu|gdpr(applies)?|applies|status|action|version|valid|default|all|is[A-Z]\w*|has[A-Z]\w*)$/;

/** Platforms whose records name single services, as the site calls them. */
const BY_SERVICE = ['klaro', 'tarteaucitron', 'orejime'];

/** Platforms that write a yes or no for every category that the site asks for, so that what is left out was not offered. */
const WRITES_PAIRS = ['onetrust', 'cookiebot', 'cookieyes'];

/** Whether a platform's record names single services, of which some may need no consent. */
export function namesServices(cmp: string | null): boolean {
  return BY_SERVICE.includes(cmp ?? '');
}

/**
 * @param key the record's own name: platforms that keep one record per category put the category into it
 * @param mapping the policy's category ids to the record's names, where the policy declares them
 * @returns each consent-based category as granted, refused or not named; null where no category could be recognised
 */
export function meaningOfRecord(
  key: string,
  record: RecordFacts,
  policy: Policy,
  mapping: Record<string, string> | null,
): RecordMeaning | null {
  const { granted } = record;
  if (!granted) return null;
  if (mapping === null && Object.keys(granted).some(isPurposeName)) return meaningOfPurposes(granted, policy);
  const meaning: Granted = {};
  let recognised = false;
  // A list of what was accepted says "refused" of the policy's categories by leaving them out; pairs say it outright.
  const allAccepted = Object.values(granted).every(Boolean);
  const listsOnlyAccepted = allAccepted && !WRITES_PAIRS.includes(record.cmp ?? '');
  for (const category of policy.consentCategories) {
    const names = mapping?.[category] !== undefined ? [lastSegment(mapping[category] as string)] : namesOf(category, Object.keys(granted));
    const named = names.filter((name) => name in granted);
    if (named.length > 0) {
      meaning[category] = named.some((name) => granted[name] === true);
      recognised = true;
    } else if (mapping?.[category] !== undefined) {
      // Declared by the policy and absent from the record: not granted.
      meaning[category] = false;
      recognised = true;
    } else meaning[category] = null;
  }
  const everything = granted['*'];
  if (everything !== undefined) {
    const own = key.replace(/^(cookielawinfo-checkbox-|.*?_)/, '').toLowerCase();
    const one = policy.consentCategories.filter((category) => NAMES[category]?.test(own));
    // Both keep one per category. Complianz calls "functional" what is necessary anyway, and its status of everything says no more than they do.
    if (record.cmp === 'complianz' && (one.length === 0 || own === 'functional')) return null;
    if (record.cmp === 'cookie-law-info' && one.length === 0) return null;
    for (const category of one.length > 0 ? one : policy.consentCategories) meaning[category] = everything;
    return { granted: meaning, listsOnlyAccepted: false, oneWord: true };
  }
  const otherNames = namesBeside(granted, mapping, policy);
  if (recognised) return { granted: meaning, listsOnlyAccepted, otherNames };
  const values = Object.values(otherNames);
  if (values.length === 0) {
    if (!allAccepted || !Object.keys(granted).some(isMandatory)) return null;
    // Only what is necessary was accepted: everything else was refused.
    return { granted: everyCategory(policy, false), listsOnlyAccepted };
  }
  // Services or categories under names of the site's own: all, nothing, or a part that nobody can tell.
  if (namesServices(record.cmp) && new Set(values).size === 1)
    return { granted: everyCategory(policy, values[0] === true), listsOnlyAccepted: false };
  return { granted: meaning, listsOnlyAccepted, otherNames };
}

/** What a record names that is no category of the policy, nothing that needs no consent, and not about the choice itself. */
function namesBeside(granted: Record<string, boolean>, mapping: Record<string, string> | null, policy: Policy): Record<string, boolean> {
  // A policy that says how its record is read says it of all that matters.
  if (mapping !== null) return {};
  const known = new Set(policy.consentCategories.flatMap((category) => namesOf(category, Object.keys(granted))));
  return Object.fromEntries(
    Object.entries(granted).filter(
      ([name]) => !known.has(name) && !isMandatory(name) && !policy.isExempt(name) && !ABOUT_THE_CHOICE.test(name) && !isPurposeName(name),
    ),
  );
}

function isMandatory(name: string): boolean {
  return NAMES.mandatory?.test(name.toLowerCase()) === true;
}

export function everyCategory(policy: Policy, value: boolean | null): Granted {
  return Object.fromEntries(policy.consentCategories.map((category) => [category, value]));
}

/** The purposes of the IAB's framework, and beside them any category that a platform adds under its usual name. */
export function meaningOfPurposes(granted: Record<string, boolean>, policy: Policy): RecordMeaning | null {
  const told = tcfCategories(granted);
  if (Object.keys(told).length === 0) return null;
  const meaning: Granted = {};
  for (const category of policy.consentCategories) {
    const own = namesOf(category, Object.keys(granted)).map((name) => granted[name] === true);
    const said = [...(Object.hasOwn(told, category) ? [told[category as keyof typeof told] === true] : []), ...own];
    meaning[category] = said.length === 0 ? null : said.some(Boolean);
  }
  return { granted: meaning, listsOnlyAccepted: false, mayNotOffer: true };
}

/** A policy may write a name as a path (`/purposes/analytics`, `purposes.analytics`): the last segment is the name. */
function lastSegment(path: string): string {
  return path.split(/[/.]/).findLast(Boolean) ?? path;
}

function namesOf(category: string, candidates: string[]): string[] {
  const pattern = NAMES[category];
  return candidates.filter((name) => name === category || pattern?.test(name.toLowerCase()));
}
