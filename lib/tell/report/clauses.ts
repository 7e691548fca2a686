/** The policy's own words: the original beside its translation. */
import { h, type Content, type Element } from './element.ts';
import { inLanguage, localised, memberOf, sourceLanguage, type Report } from './report.ts';
import { table } from './section.ts';

/** The clause that states the consequences of a withdrawal, where Kazakh law has its own term for them. */
const WITHDRAWAL = '5.3';
/** Rules that hold something against a period. */
const PERIODS = ['retention-exceeded', 'session-declared-persistent', 'endless-storage', 'identifier-outlives-period', 'rolling-renewal'];

/**
 * The clauses as a table: number, original wording, translation; in the original's own language there is no translation. Clauses that the
 * policy file does not quote say so.
 * @param rules those that cite them: what hangs on a period gets its caveat
 */
export function clauseTable(report: Report, caption: string, clauses: readonly string[], rules: ReadonlySet<string>): Element {
  const { say, language } = report;
  const source = sourceLanguage(report.audit);
  const translated = source !== null && source !== language;
  const headings = [say('report_clause'), say(source === null ? 'report_wording' : `report_original_${source}`)];
  if (translated) headings.push(say('report_translation'));
  const rows = clauses.map((clause) => {
    const text = localised(memberOf(report.audit, 'clauses')[clause]);
    const original = source === null ? inLanguage(text, language) : (text[source] ?? null);
    const notes = notesTo(report, clause, rules);
    const wording: Content =
      original === null ? say('report_clause_not_quoted') : h('blockquote', source === null ? {} : { lang: source }, lines(original));
    if (!translated) return [clause, [wording, notes]];
    const translation = text[language] ?? null;
    return [clause, wording, [translation === null ? say('report_no_translation') : h('blockquote', {}, lines(translation)), notes]];
  });
  return table(caption, headings, rows, { kind: 'clauses' });
}

/** The law is that of the policy's country, so it is named only where that is Kazakhstan. */
export function isKazakh(report: Report): boolean {
  return memberOf(report.audit, 'territory').country === 'KZ';
}

function notesTo(report: Report, clause: string, rules: ReadonlySet<string>): Content {
  const { say } = report;
  return [
    clause === WITHDRAWAL && isKazakh(report) ? h('p', { class: 'aside' }, say('report_legal_term')) : null,
    periodClauses(report).has(clause) && PERIODS.some((rule) => rules.has(rule))
      ? h('p', { class: 'aside' }, say('report_servers_unseen'))
      : null,
  ];
}

/** The clauses in which the policy states how long data are kept. */
function periodClauses({ audit }: Report): Set<string> {
  const stated = ['services', 'categories'].flatMap((member) => {
    const list = audit.policy.document[member];
    return Array.isArray(list) ? (list as Record<string, unknown>[]) : [];
  });
  return new Set(
    stated.flatMap((one) => {
      if (typeof one?.retention !== 'string') return [];
      return [one.retentionClause ?? one.clause].filter((clause) => typeof clause === 'string');
    }),
  );
}

/** The first line of a clause is its title, where it has more than one. */
function lines(text: string): Content {
  const all = text.split('\n');
  return all.map((line, index) => h('p', all.length > 1 && index === 0 ? { class: 'title' } : {}, line));
}

/** Clause numbers by their parts: 2.10 after 2.9. */
export function inClauseOrder(a: string, b: string): number {
  const [left, right] = [a, b].map((clause) => clause.split('.').map(Number)) as [number[], number[]];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? -1) - (right[index] ?? -1);
    if (difference !== 0 && !Number.isNaN(difference)) return difference;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}
