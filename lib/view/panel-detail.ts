/** One row in full, in words: what the detail pane shows. */
import type { Audit, Finding } from '../model/audit.ts';
import type { Initiator, Observation } from '../model/observation.ts';
import { LANGUAGES, type Language } from '../model/policy.ts';
import { visible } from '../tell/message.ts';
import { categoryText } from './consent-now.ts';
import { durationWords, offsetWords, periodWords } from './duration-words.ts';
import { instantText } from './instant.ts';
import type { PanelRow } from './panel-rows.ts';
import type { Say } from './say.ts';
import { periodEnd, type StatedPeriod } from './stated-period.ts';

export interface Fact {
  label: string;
  value: string;
  /** A text out of the page or the code: shown isolated and as code. */
  code?: boolean;
}

export interface ClauseShown {
  id: string;
  /** The policy's own words, and their language. */
  original: { language: string; text: string } | null;
  /** The same in the language of the interface, where that is another one. */
  translation: { language: Language; text: string } | null;
}

export interface Detail {
  heading: string;
  /** What a finding says. */
  message: string | null;
  doubt: string | null;
  facts: Fact[];
  /** Asked, granted, stated, each with the date it ends. */
  lifetimes: Fact[];
  request: Fact[];
  initiator: Initiator | null;
  stack: string[];
  clauses: ClauseShown[];
}

/** @param stated what the policy states for it; not needed for a finding, which says so itself */
export function detailOf(row: PanelRow, audit: Audit, stated: StatedPeriod | null, say: Say): Detail {
  return row.is === 'finding' ? findingDetail(row.finding, row, audit, say) : observationDetail(row.observation, row, audit, stated, say);
}

function findingDetail(f: Finding, row: PanelRow & { is: 'finding' }, audit: Audit, say: Say): Detail {
  return {
    heading: visible(row.title),
    message: row.message,
    doubt: f.outcome === 'fail' ? null : say(`outcome_${f.outcome}`),
    facts: [
      fact(say, 'level', say(`panel_level_${f.level}`)),
      code(say, 'name', f.name),
      code(say, 'host', f.host),
      f.party && fact(say, 'party', say(`panel_party_${f.party}`)),
      f.host === null ? null : fact(say, 'service', visible(row.serviceName)),
      f.category === null ? null : fact(say, 'category', categoryText(f.category, say)),
      f.phase && fact(say, 'phase', say(`popup_phase_${f.phase.replaceAll('-', '_')}`)),
      f.firstAt && fact(say, 'first', moment(f.firstAt, row, say)),
      f.lastAt && f.lastAt !== f.firstAt ? fact(say, 'last', instantText(f.lastAt)) : null,
      f.count > 1 ? fact(say, 'count', String(f.count)) : null,
    ].filter(present),
    lifetimes:
      f.asked === null && f.granted === null && f.stated === null ? [] : lifetimes(f.firstAt, f.asked, f.granted, f.stated, false, say),
    request: [],
    initiator: null,
    stack: [],
    clauses: clausesOf(f.clauses, audit, say),
  };
}

function observationDetail(o: Observation, row: PanelRow, audit: Audit, stated: StatedPeriod | null, say: Say): Detail {
  const { cookie, request } = o;
  const yes = (value: boolean | null): string => say(value === null ? 'panel_not_known' : value ? 'panel_yes' : 'panel_no');
  return {
    heading: visible(o.rawName ?? o.name ?? request?.url ?? o.host),
    message: null,
    doubt: null,
    facts: [
      fact(say, 'time', moment(o.at, row, say)),
      o.uncertainty > 0 ? fact(say, 'uncertainty', say('panel_milliseconds', { count: Math.round(o.uncertainty) })) : null,
      fact(say, 'action', say(`panel_action_${o.action}`)),
      o.rejected === null ? null : code(say, 'rejected', o.rejected),
      o.transient ? fact(say, 'transient', say('panel_yes')) : null,
      code(say, 'store', o.kind),
      code(say, 'host', o.host),
      fact(say, 'party', say(`panel_party_${o.party}`)),
      fact(say, 'service', visible(row.serviceName)),
      fact(say, 'category', categoryText(o.category, say)),
      fact(say, 'phase', say(`popup_phase_${o.phase.replaceAll('-', '_')}`)),
      code(say, 'mechanism', o.mechanism),
      fact(say, 'confirmed', say(`panel_confirmed_${o.confirmed ?? 'null'}`)),
      code(say, 'page', o.page),
      o.frame !== null && o.frame !== o.page ? code(say, 'frame', o.frame) : null,
      ...(cookie === null
        ? []
        : [
            code(say, 'path', cookie.path),
            fact(say, 'secure', yes(cookie.secure)),
            fact(say, 'http_only', yes(cookie.httpOnly)),
            code(say, 'same_site', cookie.sameSite),
            fact(say, 'partitioned', yes(cookie.partitioned)),
            cookie.maybeElsewhere ? fact(say, 'maybe_elsewhere', say('panel_yes')) : null,
          ]),
      o.value === null ? null : fact(say, 'value', say('panel_characters', { count: o.value.length })),
      o.value?.born ? fact(say, 'born', instantText(o.value.born)) : null,
    ].filter(present),
    lifetimes:
      cookie === null && (stated === null || o.kind === 'request')
        ? []
        : lifetimes(o.at, cookie?.asked ?? null, cookie?.granted ?? null, stated?.stated ?? null, cookie?.session === true, say),
    request:
      request === null
        ? []
        : [
            code(say, 'url', request.url),
            code(say, 'method', request.method),
            code(say, 'type', request.type),
            request.status === null ? null : fact(say, 'status', String(request.status)),
            code(say, 'ip', request.ip),
            code(say, 'redirected', request.redirectedFrom),
            fact(say, 'hit', say(request.hit ? 'panel_hit' : 'panel_download')),
            request.cookiesHidden ? fact(say, 'sent_cookies', say('panel_not_known')) : list(say, 'sent_cookies', request.sentCookies),
            list(
              say,
              'sent_identifiers',
              request.sentIdentifiers.map(({ name, host }) => `${name} (${host})`),
            ),
            list(say, 'data', request.data),
            code(say, 'protocol', request.protocol),
            code(say, 'tag', request.tagId),
          ].filter(present),
    initiator: o.initiator,
    stack: o.initiator?.stack.map(visible) ?? [],
    clauses: clausesOf(stated?.clauses ?? [], audit, say),
  };
}

function lifetimes(
  at: string | null,
  asked: number | null,
  granted: number | null,
  stated: string | null,
  session: boolean,
  say: Say,
): Fact[] {
  const until = (end: string | null): string => (end === null ? '' : ` ${say('panel_until', { date: instantText(end).slice(0, 10) })}`);
  const life = (seconds: number | null): string => {
    if (seconds === null) return say(session ? 'panel_until_closed' : 'panel_not_known');
    const end = at === null ? NaN : Date.parse(at) + seconds * 1000;
    return `${durationWords(seconds, say)}${until(Math.abs(end) <= 8.64e15 ? new Date(end).toISOString() : null)}`;
  };
  return [
    fact(say, 'asked', life(asked)),
    fact(say, 'granted', life(granted)),
    fact(say, 'stated', `${periodWords(stated, say)}${at === null ? '' : until(periodEnd(at, stated))}`),
  ];
}

/** Each clause cited, in the original's language and in the interface's. */
export function clausesOf(ids: readonly string[], audit: Audit, say: Say): ClauseShown[] {
  const { clauses, source } = audit.policy.document as {
    clauses?: Record<string, Partial<Record<Language, string>>>;
    source?: { language?: string };
  };
  return [...new Set(ids)].map((id) => {
    const texts = clauses && Object.hasOwn(clauses, id) ? (clauses[id] ?? {}) : {};
    const language = LANGUAGES.find((one) => one === source?.language) ?? LANGUAGES.find((one) => texts[one] !== undefined);
    const original = language === undefined ? undefined : texts[language];
    const own = texts[say.language];
    return {
      id: visible(id),
      original: language === undefined || original === undefined ? null : { language, text: lines(original) },
      translation: own === undefined || say.language === language ? null : { language: say.language, text: lines(own) },
    };
  });
}

function moment(at: string, row: PanelRow, say: Say): string {
  const clock = `${instantText(at)}.${at.slice(20, 23)}`;
  if (row.time === null) return clock;
  const { offset, choice } = row.time;
  const offsetText = offsetWords(offset, say);
  return `${clock} (${choice === null ? say('panel_since_start', { time: offsetText }) : say('panel_since_choice', { time: offsetText, state: say(`popup_state_${choice.state.replaceAll('-', '_')}`) })})`;
}

/** A policy's text keeps its lines. */
function lines(text: string): string {
  return text.split('\n').map(visible).join('\n');
}

function fact(say: Say, key: string, value: string): Fact {
  return { label: say(`panel_fact_${key}`), value };
}

function code(say: Say, key: string, value: string | null): Fact | null {
  return value === null ? null : { label: say(`panel_fact_${key}`), value: visible(value), code: true };
}

function list(say: Say, key: string, values: string[]): Fact | null {
  return values.length === 0 ? null : { label: say(`panel_fact_${key}`), value: values.map(visible).join(', '), code: true };
}

function present(fact: Fact | null | '' | undefined): fact is Fact {
  return Boolean(fact);
}
