/** What a policy leaves out or contradicts: seen in its structure, or noted by a reader of its text. */
import type { Localised } from '../model/policy.ts';
import type { Policy } from './policy.ts';

export interface PolicyGap {
  /** Stable within a policy: what is missing, and of what (`category-without-period:functional`). */
  id: string;
  clauses: string[];
  /** Key of the messages in public/_locales. */
  messageId: string;
  arguments: Record<string, string | number>;
}

/**
 * The gaps of a policy, in the order of its parts: structural ones first, then the document's own list. A document's own gap has the
 * message `policy_gap_stated`, whose text in each language is the argument named like that language.
 */
export function policyGaps(policy: Policy): PolicyGap[] {
  return [
    ...categoryGaps(policy),
    ...dataGaps(policy),
    ...serviceGaps(policy),
    ...consentGaps(policy),
    ...scopeGaps(policy),
    ...statedGaps(policy),
  ];
}

function gap(id: string, subject: string | null, clauses: (string | undefined)[], args: Record<string, string | number> = {}): PolicyGap {
  return {
    id: subject === null ? id : `${id}:${subject}`,
    clauses: [...new Set(clauses.filter((clause) => clause !== undefined))],
    messageId: `policy_gap_${id.replaceAll('-', '_')}`,
    arguments: args,
  };
}

function* categoryGaps({ document, consentCategories }: Policy): Generator<PolicyGap> {
  const used = new Set([...(document.services ?? []), ...(document.keys ?? [])].map(({ category }) => category));
  for (const category of document.categories) {
    if (!consentCategories.includes(category.id)) continue;
    const args = { category: category.id };
    if ((category.retention ?? null) === null) {
      yield gap('category-without-period', category.id, [category.clause, category.retentionClause], args);
    }
    if (!used.has(category.id)) {
      yield gap('category-without-service', category.id, [category.clause], args);
    }
  }
}

function* dataGaps({ document }: Policy): Generator<PolicyGap> {
  if (document.data === undefined || document.data.length === 0) yield gap('data-not-described', null, []);
  for (const entry of document.data ?? []) {
    if (typeof entry !== 'object' || entry === null) continue;
    const { id, clause, retention } = entry as Record<string, unknown>;
    if (typeof id !== 'string' || typeof retention === 'string') continue;
    yield gap('data-without-period', id, [typeof clause === 'string' ? clause : undefined], { data: id });
  }
}

function* serviceGaps({ document, stated }: Policy): Generator<PolicyGap> {
  for (const service of document.services ?? []) {
    const clauses = [service.clause];
    const args = { service: service.name ?? service.id };
    if ((service.keys ?? []).length === 0) yield gap('service-without-keys', service.id, clauses, args);
    if ((service.hosts ?? []).length === 0) yield gap('service-without-hosts', service.id, clauses, args);
    if (stated(service, service.category).stated === null) yield gap('service-without-period', service.id, clauses, args);
  }
}

function* consentGaps({ document, consentCategories }: Policy): Generator<PolicyGap> {
  if (consentCategories.length === 0) return;
  const clauses = [document.consent?.clause];
  if ((document.consent?.validity ?? null) === null) yield gap('consent-without-validity', null, clauses);
  if (document.consent?.record === undefined) yield gap('consent-without-record', null, clauses);
}

function* scopeGaps({ document }: Policy): Generator<PolicyGap> {
  if ((document.technologies ?? []).length === 0) yield gap('technologies-not-described', null, []);
  if (document.territory === undefined) yield gap('territory-not-described', null, []);
  if (document.contact === undefined) yield gap('contact-not-described', null, []);
}

function statedGaps({ document }: Policy): PolicyGap[] {
  return (document.gaps ?? []).map(({ id, clause, text }) => ({
    id,
    clauses: clause === undefined ? [] : [clause],
    messageId: 'policy_gap_stated',
    arguments: inEveryLanguage(text),
  }));
}

/** A text that one language lacks is told in another rather than not at all. */
function inEveryLanguage({ en, ru, kk }: Localised): Record<'en' | 'ru' | 'kk', string> {
  const any = en ?? ru ?? kk ?? '';
  return { en: en ?? any, ru: ru ?? any, kk: kk ?? any };
}
