/** How long correlating and judging take, and whether ten times as much takes ten times as long. */
import { correlate } from '../../lib/gather/correlate/correlate.ts';
import type { BrowserEvent, DocumentEvent, DocumentRef, Segment, ValueCapture } from '../../lib/model/capture.ts';
import { bundledPolicy } from '../../lib/policy/bundled/index.ts';
import { composeAudit } from '../../lib/session/compose-audit.ts';
import { atMost, measure, type Measure } from './result.ts';
import { median, seeded } from './statistics.ts';

const START = Date.parse('2026-01-01T00:00:00.000Z');
const SITE = 'https://send-box.com';
const TRACKERS = ['www.google-analytics.com', 'mc.yandex.ru', 'connect.facebook.net', 'unknown.example', 'cdn.send-box.com'];
/** Each visit writes and asks for so much. */
const PER_VISIT = 250;

/** A recording in which a person goes from page to page, accepts, and withdraws: cookies, storage, requests, clicks, looks. */
export function recordingOf(observations: number): Segment[] {
  const random = seeded(observations);
  const segments: Segment[] = [];
  const told: BrowserEvent[] = [{ type: 'profile', time: START, clean: true }];
  const visits = Math.ceil(observations / PER_VISIT);
  for (let index = 0; index < visits; index++) visit(index, index / visits, segments, told, random);
  segments.push({ id: 'browser:b:000000001', source: 'browser', events: told });
  return segments;
}

function visit(index: number, share: number, segments: Segment[], told: BrowserEvent[], random: () => number): void {
  const from = START + index * 60_000;
  const ref: DocumentRef = {
    document: `d${index}`,
    tab: 1,
    frame: 0,
    documentId: `D${index}`,
    url: `${SITE}/p${index % 7}`,
    origin: SITE,
    top: true,
  };
  const events: DocumentEvent[] = [];
  let time = from + 50;
  const stamp = (): { seq: number; task: number; time: number } => ({ seq: events.length + 1, task: events.length, time: (time += 20) });
  const request = (url: string, resourceType: string, documentId: string | null): void => {
    const requestId = `${index}.${told.length}`;
    const common = { time: (time += 5), requestId };
    told.push(
      {
        type: 'request',
        ...common,
        tab: 1,
        frame: 0,
        documentId,
        initiatorOrigin: SITE,
        url,
        urlDigest: url,
        method: 'GET',
        resourceType,
        parts: [`part${Math.floor(random() * 50)}`],
        data: [],
        protocol: null,
        tagId: null,
      },
      { type: 'request-headers', ...common, cookies: [{ name: '_ga' }] },
      { type: 'response', ...common, status: 200, setCookies: [], internal: false, ip: null },
      { type: 'request-end', ...common, status: 200, ip: null, fromCache: false, error: null },
    );
  };
  told.push({ type: 'step', time: from - 1, index, reason: index === 0 ? 'visit' : 'reload' });
  time = from;
  request(ref.url, 'main_frame', null);
  told.push({
    type: 'navigation',
    state: 'committed',
    time: from + 30,
    tab: 1,
    frame: 0,
    documentId: ref.documentId,
    parentDocumentId: null,
    url: ref.url,
    transition: 'link',
    audited: true,
  });
  events.push({ ...stamp(), type: 'lifecycle', state: 'start' }, { ...stamp(), type: 'canary' });
  const value = (text: string): ValueCapture => ({
    length: text.length,
    digest: `hmac-sha256:${text}`,
    parts: [text],
    born: null,
    record: null,
  });
  for (let n = 0; n < PER_VISIT; n++) {
    const name = ['_ga', '_ym_uid', '_fbp', 'sb_session', `own${n % 30}`][n % 5] as string;
    const initiator = { url: `https://${TRACKERS[n % 5]}/tag.js`, line: 1, column: 1, function: null, stack: [] };
    if (n % 5 < 2) {
      const cookie = {
        name,
        value: value(`part${n % 50}`),
        domain: null,
        path: '/',
        asked: 63_072_000,
        session: false,
        secure: true,
        httpOnly: false,
        sameSite: 'lax',
        partitioned: false,
        refused: null,
      };
      events.push({ ...stamp(), type: 'cookie', mechanism: 'document.cookie', cookie, initiator });
      told.push({
        type: 'jar-change',
        time: time + 1,
        removed: false,
        cause: 'explicit',
        cookie: {
          name,
          value: cookie.value,
          domain: 'send-box.com',
          hostOnly: true,
          path: '/',
          expires: time + 34_560_000_000,
          secure: true,
          httpOnly: false,
          sameSite: 'lax',
          partitioned: false,
        },
      });
    } else if (n % 5 === 2)
      events.push({
        ...stamp(),
        type: 'storage',
        area: 'localStorage',
        action: 'set',
        mechanism: 'set-item',
        name,
        value: value(`v${n}`),
        initiator,
      });
    else {
      const url = `https://${TRACKERS[n % TRACKERS.length]}/collect?n=${n % 20}`;
      events.push({ ...stamp(), type: 'send', mechanism: 'fetch', url, urlDigest: url, method: 'GET', initiator });
      request(url, 'xmlhttprequest', ref.documentId);
    }
  }
  if (share === 0 || Math.abs(share - 0.5) < 0.01)
    events.push({
      ...stamp(),
      type: 'control',
      event: 'click',
      trusted: true,
      label: share === 0 ? 'Accept all' : 'Withdraw consent',
      element: 'button',
    });
  told.push({ type: 'jar-snapshot', time: time + 10, asked: time + 10, reason: 'request', cookies: [] });
  segments.push({ id: `document:d${index}:000000001`, source: 'document', ref, events, dropped: 0, invalid: 0 });
}

export function judgeOnce(segments: Segment[]): { correlate: number; judge: number; floor: number; observations: number } {
  const started = performance.now();
  const evidence = correlate(segments, { isSite: (host) => host === 'send-box.com' || host.endsWith('.send-box.com') });
  const correlated = performance.now();
  const audit = composeAudit({
    evidence,
    policy: bundledPolicy,
    sites: [],
    tool: { name: 'bench', version: '0', build: 'sha256:0', ruleset: '0', browser: { name: 'none', version: '0' } },
    conditions: {
      operator: null,
      purpose: null,
      commandLine: [],
      timeZone: 'UTC',
      locale: 'en',
      viewport: null,
      userAgent: '',
      webdriver: null,
      thirdPartyCookies: null,
    },
    scenario: null,
    complete: true,
    endedAt: '2027-01-01T00:00:00.000Z',
  });
  const judged = performance.now();
  JSON.parse(JSON.stringify(audit));
  return {
    correlate: correlated - started,
    judge: judged - correlated,
    floor: performance.now() - judged,
    observations: audit.observations.length,
  };
}

export function benchJudging(rounds: number): Measure[] {
  const run = (size: number, times: number) => {
    const segments = recordingOf(size);
    const all = Array.from({ length: times }, () => judgeOnce(segments));
    const of = (what: 'correlate' | 'judge' | 'floor'): number => median(all.map((one) => one[what]));
    const observations = all[0]?.observations ?? 0;
    return {
      correlate: of('correlate'),
      judge: of('judge'),
      floor: of('floor'),
      observations,
      void: observations < size ? `${observations} observations of at least ${size}` : null,
    };
  };
  run(1000, 3);
  const small = run(10_000, rounds);
  const large = run(100_000, Math.max(1, Math.ceil(rounds / 5)));
  const floor = (one: typeof small) => ({ name: 'the audit through JSON', value: one.floor });
  return [
    measure('correlating 10 000 observations', 'ms', small.correlate, { peer: floor(small), void: small.void }),
    measure('judging 10 000 observations', 'ms', small.judge, { peer: floor(small), void: small.void }),
    measure('correlating 100 000 observations', 'ms', large.correlate, { peer: floor(large), void: large.void }),
    measure('judging 100 000 observations', 'ms', large.judge, { peer: floor(large), void: large.void }),
    // Ten times as much may take a little more than ten times as long: sorting, and memory.
    measure('time for ten times as much', 'times', (large.correlate + large.judge) / (small.correlate + small.judge), {
      peer: { name: 'the audit through JSON', value: large.floor / small.floor },
      goal: atMost(15),
      void: small.void ?? large.void,
    }),
  ];
}
