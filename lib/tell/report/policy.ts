/** Under which policy: which document, of when, with which hash; and whom to write to. */
import { visible } from '../message.ts';
import { h, type Content } from './element.ts';
import { categoryText, inLanguage, localised, memberOf, membersOf, sourceLanguage, type Report } from './report.ts';
import { statedText } from './lifetimes.ts';
import { code, facts, paragraph, table, type Section } from './section.ts';
import { policyTitle } from './verdict.ts';

/** In the order in which one writes to somebody. */
const CONTACT = ['operator', 'bin', 'address', 'email', 'phone', 'url', 'clause'];

export function policySection(report: Report): Section {
  const { audit, say, language } = report;
  const { document } = audit.policy;
  const source = memberOf(audit, 'source');
  const written = sourceLanguage(audit);
  const title = localised(source.title);
  const original = written === null || written === language ? null : (title[written] ?? null);
  const text = (value: unknown): string => (typeof value === 'string' ? visible(value) : say('report_not_in_policy'));
  const rows: [string, Content][] = [
    [
      say('report_title'),
      [
        visible(policyTitle(report)),
        original === null ? null : [' ', h('span', { class: 'quiet', lang: written ?? '' }, `(${visible(original)})`)],
      ],
    ],
    [say('report_policy_id'), visible(audit.policy.id)],
    [say('report_version'), visible(audit.policy.version)],
    [say('report_effective'), text(document.effective)],
    [say('report_policy_hash'), code(visible(audit.policy.sha256))],
    [say('report_source_hash'), typeof source.sha256 === 'string' ? code(visible(source.sha256)) : say('report_not_in_policy')],
    [say('report_source_language'), written === null ? text(source.language) : say(`report_language_${written}`)],
    [say('report_sites'), Array.isArray(document.sites) ? code(visible(document.sites.join(', '))) : say('report_not_in_policy')],
  ];
  const note = inLanguage(localised(source.note), language);
  return {
    id: 'policy',
    title: say('report_policy'),
    content: [
      facts(rows),
      note === null ? null : paragraph(visible(note), 'quiet'),
      categoriesTable(report),
      h('h3', { id: 'contact' }, say('report_contact')),
      contactOf(report),
    ],
  };
}

function categoriesTable(report: Report): Content {
  const { audit, say } = report;
  const categories = Array.isArray(audit.policy.document.categories) ? (audit.policy.document.categories as Record<string, unknown>[]) : [];
  if (categories.length === 0) return null;
  return table(
    say('report_categories_caption'),
    [say('report_category'), say('report_basis'), say('report_stated_period'), say('report_clause')],
    categories.map(({ id, basis, retention, clause }) => [
      categoryText(report, String(id)),
      say.or(visible(String(basis)), `report_basis_${String(basis).replaceAll('-', '_')}`),
      typeof retention === 'string' ? visible(statedText(report, retention, NaN)) : say('report_not_in_policy'),
      typeof clause === 'string' ? visible(clause) : '–',
    ]),
  );
}

/** What the policy gives as its contact; members that the tool has a word for, the others under their own names. */
function contactOf(report: Report): Content {
  const { say, language } = report;
  const rows = membersOf(memberOf(report.audit, 'contact'), CONTACT).flatMap(([name, value]): [string, Content][] => {
    const text = typeof value === 'string' ? value : inLanguage(localised(value), language);
    return text === null ? [] : [[say.or(visible(name), `report_contact_${name}`), visible(text)]];
  });
  return rows.length === 0 ? paragraph(say('report_no_contact')) : facts(rows);
}
