/** What belongs to a row, in words, as links to other rows. */
import type { Finding } from '../model/audit.ts';
import type { Observation } from '../model/observation.ts';
import { visible } from '../tell/message.ts';
import { instantText } from './instant.ts';
import { tabOf } from './panel-rows.ts';
import type { Related } from './related.ts';
import type { Say } from './say.ts';

/** One row that can be gone to. */
export interface RelatedLink {
  /** Of the observation or finding. */
  id: string;
  text: string;
  /** A text out of the page. */
  code: boolean;
  /** false: no table shows it. */
  reachable: boolean;
}

export interface RelatedGroup {
  heading: string;
  links: RelatedLink[];
  /** How many more there are. */
  more: number;
}

const MOST_LINKS = 30;

/** Groups without anything in them are left out. */
export function relatedGroups({ findings, cause, effects, same }: Related, cited: boolean, say: Say): RelatedGroup[] {
  return [
    group(say('panel_related_findings'), findings, (f) => findingLink(f, say)),
    group(say('panel_related_cause'), cause ? [cause] : [], (o) => observationLink(o, say)),
    group(say('panel_related_effects'), effects, (o) => observationLink(o, say)),
    group(say(cited ? 'panel_related_cited' : 'panel_related_same'), same, (o) => observationLink(o, say)),
  ].filter(({ links }) => links.length > 0);
}

function group<T>(heading: string, things: T[], link: (thing: T) => RelatedLink): RelatedGroup {
  return { heading, links: things.slice(0, MOST_LINKS).map(link), more: Math.max(0, things.length - MOST_LINKS) };
}

function findingLink(f: Finding, say: Say): RelatedLink {
  return { id: f.id, text: say.or(visible(f.message), f.messageId, f.arguments), code: false, reachable: f.suppressed === null };
}

function observationLink(o: Observation, say: Say): RelatedLink {
  const what = visible(o.name ?? o.request?.url ?? o.host);
  return {
    id: o.id,
    text: `${instantText(o.at).slice(11)}.${o.at.slice(20, 23)} ${say(`panel_action_${o.action}`)} ${what}`,
    code: true,
    reachable: tabOf(o) !== null,
  };
}
