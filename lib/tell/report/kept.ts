/** What keeps to the policy: declared things that were seen and judged, and that nothing was found against. */
import { activityKey } from '../activity.ts';
import { STORED_KINDS, type Observation } from '../../model/observation.ts';
import { visible } from '../message.ts';
import { stateText } from './moments.ts';
import { categoryText, type Report } from './report.ts';
import { code, paragraph, table, type Section } from './section.ts';

/** That the browser cut a lifetime is told of the browser, not of the site. */
const NO_BREACH = ['lifetime-shortened'];

interface Kept {
  what: string;
  name: string;
  host: string;
  whose: string;
  category: string;
  phases: Set<string>;
  count: number;
}

export function keptSection(report: Report): Section {
  const { say } = report;
  const kept = keptThings(report);
  return {
    id: 'kept',
    title: say('report_kept'),
    content: [
      paragraph(say('report_kept_explained')),
      kept.length === 0
        ? paragraph(say('report_kept_none'))
        : table(
            say('report_kept'),
            [
              say('report_thing'),
              say('report_kind'),
              say('report_host'),
              say('report_whose'),
              say('report_category'),
              say('report_seen_in'),
              say('report_seen_count'),
            ],
            kept.map((one) => [
              code(visible(one.name)),
              one.what,
              code(visible(one.host)),
              visible(one.whose),
              categoryText(report, one.category),
              [...one.phases].map((phase) => stateText(report, phase)).join(', '),
              String(one.count),
            ]),
          ),
    ],
  };
}

/** One row per stored entry and per recipient. What the policy does not name, and what any finding speaks of, is not among them. */
function keptThings(report: Report): Kept[] {
  const { audit, say } = report;
  const breaking = audit.findings.filter(({ rule, suppressed }) => suppressed === null && !NO_BREACH.includes(rule));
  const cited = new Set(breaking.flatMap(({ observations }) => observations));
  const accused = new Set(breaking.map(({ kind, name, host }) => thingKey(kind, name, host)));
  const things = new Map<string, Kept>();
  const broken = new Set<string>();
  for (const o of audit.observations) {
    if (!isJudged(o) || !isDeclared(report, o)) continue;
    const key = thingKey(o.kind, o.name, o.host);
    if (cited.has(o.id) || accused.has(key)) broken.add(key);
    const one = things.get(key) ?? {
      what: say.or(o.kind, `report_kind_${o.kind}`),
      name: o.name ?? o.host,
      host: o.host,
      whose: audit.services.find(({ id }) => id === o.service)?.name ?? audit.site.host,
      category: o.category,
      phases: new Set<string>(),
      count: 0,
    };
    one.phases.add(o.phase);
    one.count += 1;
    things.set(key, one);
  }
  return [...things].filter(([key]) => !broken.has(key)).map(([, one]) => one);
}

function thingKey(kind: string | null, name: string | null, host: string | null): string {
  return JSON.stringify([kind, name, host]);
}

function isJudged({ kind, action, rejected, request }: Observation): boolean {
  if (kind === 'request') return request !== null && !request.internal;
  return (STORED_KINDS as readonly string[]).includes(kind) && action === 'set' && rejected === null;
}

/** The policy's own services, and the site itself where the thing has a category of the policy or is its own request. */
function isDeclared({ audit }: Report, o: Observation): boolean {
  if (o.service !== null) return audit.services.find(({ id }) => id === o.service)?.declared === true;
  return activityKey(audit, o).startsWith('site:') && (o.kind === 'request' || o.category !== 'unknown');
}
