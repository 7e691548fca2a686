/** The whole report as data: a head, the contents, and the sections in the order of use. */
import type { Audit } from '../../model/audit.ts';
import type { Language } from '../../model/policy.ts';
import { instantText } from '../instant.ts';
import { visible } from '../message.ts';
import { conditionsSection } from './conditions.ts';
import { h, type Element } from './element.ts';
import { findingsSection } from './findings.ts';
import { integritySection } from './integrity.ts';
import { keptSection } from './kept.ts';
import { limitsSection } from './limits.ts';
import { policySection } from './policy.ts';
import { reportOn, type Report } from './report.ts';
import { blindSection, policyGapsSection, suppressedSection, unseenDeclaredSection } from './rest.ts';
import type { Section } from './section.ts';
import { styleOf } from './style.ts';
import { timelineSection } from './timeline/section.ts';
import { policyTitle, verdictSection } from './verdict.ts';

export interface ReportDocument {
  language: Language;
  title: string;
  style: string;
  /** Header, navigation and main, to be the children of the body. */
  body: Element[];
}

const SECTIONS: ((report: Report) => Section)[] = [
  verdictSection,
  conditionsSection,
  policySection,
  limitsSection,
  timelineSection,
  findingsSection,
  keptSection,
  unseenDeclaredSection,
  blindSection,
  suppressedSection,
  policyGapsSection,
  integritySection,
];

/** The report of an audit. Pure: the same audit and language give the same document. */
export function reportDocument(audit: Audit, language: Language): ReportDocument {
  const report = reportOn(audit, language);
  const { say } = report;
  const sections = SECTIONS.map((section) => section(report));
  const [verdict, ...others] = sections as [Section, ...Section[]];
  const title = say('report_heading', { site: audit.site.host });
  const date = instantText(audit.run.endedAt, report.timeZone);
  return {
    language,
    title: visible(`${title}, ${date.slice(0, 10)}`),
    style: styleOf({ site: visible(audit.site.host), date: date.slice(0, 10) }),
    body: [
      h(
        'header',
        { class: 'head' },
        h('p', { class: 'kicker' }, say('extensionName')),
        h('h1', {}, title),
        h('p', { class: 'quiet' }, say('report_subheading', { policy: policyTitle(report), version: audit.policy.version, date })),
      ),
      h(
        'main',
        {},
        sectionElement(verdict, 'first'),
        h('nav', { 'aria-labelledby': 'contents' }, h('h2', { id: 'contents' }, say('report_contents')), contents(sections)),
        ...others.map((section) => sectionElement(section, section.id)),
      ),
      h(
        'footer',
        { class: 'quiet' },
        h('p', {}, say('report_made_by', { tool: `${audit.tool.name} ${audit.tool.version}`, format: audit.format })),
      ),
    ],
  };
}

function contents(sections: readonly Section[]): Element {
  const link = (id: string, title: string): Element => h('a', { href: `#${id}` }, title);
  return h(
    'ol',
    {},
    ...sections.map(({ id, title, parts = [] }) =>
      h('li', {}, link(id, title), parts.length === 0 ? null : h('ol', {}, ...parts.map((part) => h('li', {}, link(part.id, part.title))))),
    ),
  );
}

function sectionElement({ id, title, content }: Section, kind: string): Element {
  return h('section', { class: `section ${kind}`, 'aria-labelledby': id }, h('h2', { id }, title), content);
}
