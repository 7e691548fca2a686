/** What was audited, by whom and how. */
import { canonicalJson } from '../../model/canonical-json.ts';
import { exactInstantText, instantText } from '../instant.ts';
import { visible } from '../message.ts';
import { h, type Content } from './element.ts';
import { stepsOf } from './scenario.ts';
import { membersOf, type Report } from './report.ts';
import { code, facts, folded, paragraph, table, type Section } from './section.ts';

/** Told by their own rows; what else the audit holds of its conditions is listed as it is. */
const TOLD = ['operator', 'purpose', 'commandLine', 'timeZone', 'locale', 'viewport', 'userAgent', 'webdriver', 'thirdPartyCookies'];

export function conditionsSection(report: Report): Section {
  const { audit, say } = report;
  const { conditions, tool } = audit;
  const orUnknown = (text: string | null): string => (text === null || text === '' ? say('report_not_recorded') : visible(text));
  const rows: [string, Content][] = [
    [say('report_site'), code(visible(audit.site.host))],
    [say('report_operator'), orUnknown(conditions.operator)],
    [say('report_purpose'), orUnknown(conditions.purpose)],
    [say('report_started'), instantText(audit.run.startedAt, report.timeZone)],
    [say('report_ended'), instantText(audit.run.endedAt, report.timeZone)],
    [say('report_time_zone'), zoneText(report)],
    [say('report_browser'), visible(`${tool.browser.name} ${tool.browser.version}`)],
    [say('report_viewport'), orUnknown(conditions.viewport)],
    [say('report_locale'), orUnknown(conditions.locale)],
    [
      say('report_third_party_cookies'),
      conditions.thirdPartyCookies === null
        ? say('report_not_recorded')
        : say.or(visible(conditions.thirdPartyCookies), `report_cookies_${conditions.thirdPartyCookies}`),
    ],
    [
      say('report_webdriver'),
      say(conditions.webdriver === null ? 'report_not_recorded' : conditions.webdriver ? 'report_webdriver_yes' : 'report_webdriver_no'),
    ],
    [say('report_user_agent'), conditions.userAgent === '' ? say('report_not_recorded') : code(visible(conditions.userAgent))],
    [
      say('report_command_line'),
      conditions.commandLine.length === 0 ? say('report_no_command_line') : code(visible(conditions.commandLine.map(quoted).join(' '))),
    ],
    ...membersOf(conditions)
      .filter(([name]) => !TOLD.includes(name))
      .map(([name, value]): [string, Content] => [visible(name), code(visible(canonicalJson(value ?? null)))]),
  ];
  return {
    id: 'conditions',
    title: say('report_conditions'),
    content: [facts(rows), h('h3', {}, say('report_steps')), stepsOf(report), visitsOf(report)],
  };
}

function zoneText({ audit, timeZone, say }: Report): string {
  return audit.conditions.timeZone === timeZone
    ? timeZone
    : say('report_other_zone', { zone: timeZone, recorded: audit.conditions.timeZone });
}

/** An argument with spaces is one argument. */
function quoted(argument: string): string {
  return /^[\w./:=@%+,-]+$/.test(argument) ? argument : JSON.stringify(argument);
}

function visitsOf(report: Report): Content {
  const { audit, say } = report;
  if (audit.run.visits.length === 0) return paragraph(say('report_no_visits'));
  return folded(
    say('report_visits', { count: String(audit.run.visits.length) }),
    table(
      say('report_visits_caption'),
      [say('report_visit'), say('report_new_visitor'), say('report_reason'), say('report_page'), say('report_opened')],
      audit.run.visits.map((visit) => [
        visible(visit.id),
        visit.cookieStore === undefined ? String(visit.profile) : `${visit.profile} (${visible(visit.cookieStore)})`,
        say(`report_reason_${visit.reason}`),
        code(visible(visit.url)),
        exactInstantText(visit.startedAt, report.timeZone),
      ]),
    ),
  );
}
