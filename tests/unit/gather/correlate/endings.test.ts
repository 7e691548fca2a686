/** Documents whose end nobody heard, and those that ended in ways that need no word. */
import { describe, expect, test } from 'vitest';
import type { BrowserEvent } from '../../../../lib/model/capture.ts';
import { BEGIN, claim, committed, document, evidenceOf, visit, type Told } from './captures.ts';

const PAGE = 'https://send-box.com/';
const lifecycle = (at: number, state: string): Told => ({ at, type: 'lifecycle', state });
const ended = (at: number, closed = false, name = 'd1'): BrowserEvent => ({
  type: 'unheard-end',
  time: BEGIN + at,
  document: name,
  closed,
});
const begun = (at: number): BrowserEvent => ({ type: 'session-start', time: BEGIN + at });
/** Each gap as its reason with the milliseconds of its span. */
const gapsOf = (browser: BrowserEvent[], ...documents: Parameters<typeof evidenceOf>[1]): string[] =>
  evidenceOf(
    [...visit(0), ...browser].sort((a, b) => a.time - b.time),
    documents,
  ).gaps.map(({ from, to, reason }) => `${reason} ${Date.parse(from) - BEGIN}–${Date.parse(to) - BEGIN}`);
const page = (...told: Told[]): ReturnType<typeof document> => document([lifecycle(50, 'start'), ...told]);

describe('a connection that ended without a word', () => {
  test('is a gap of the last moment, from the last word on', () => {
    expect(gapsOf([ended(900)], page(claim(200, 'a=1')))).toEqual([`document-cut-off: ${PAGE} 650–900`]);
    expect(gapsOf([ended(900)], page(claim(880, 'a=1')))).toEqual([`document-cut-off: ${PAGE} 880–900`]);
    // By clocks that differ, its last word may be later than its end.
    expect(gapsOf([ended(900)], page(claim(910, 'a=1')))).toEqual([`document-cut-off: ${PAGE} 900–900`]);
  });

  test('of a frame is told with its address', () => {
    const frame = { document: 'f', documentId: 'B-f', frame: 3, top: false, url: 'https://f.example/', origin: 'https://f.example' };
    expect(gapsOf([ended(900, false, 'f')], page(), document([lifecycle(100, 'start')], frame))).toEqual([
      'document-cut-off: https://f.example/ 650–900',
    ]);
  });

  test('is none where the word came another way, or the document goes on', () => {
    expect(gapsOf([ended(900)], page(lifecycle(895, 'hide'), claim(896, 'a=1')))).toEqual([]);
    expect(gapsOf([ended(900)], page(claim(1500, 'a=1')))).toEqual([]);
  });

  test('is none where the tab was closed, later ends of the browser included', () => {
    expect(gapsOf([ended(900, true)], page(claim(200, 'a=1')))).toEqual([]);
    expect(gapsOf([ended(900, true), begun(5000)], page(claim(200, 'a=1')))).toEqual([]);
  });

  test('is none of a page that was never shown, and one when it was', () => {
    expect(gapsOf([ended(900)], document([lifecycle(50, 'prerender')]))).toEqual([]);
    expect(gapsOf([ended(900)], document([lifecycle(50, 'prerender'), lifecycle(300, 'show')]))).toEqual([
      `document-cut-off: ${PAGE} 650–900`,
    ]);
  });

  test('of a document that came back from the cache is one', () => {
    expect(gapsOf([ended(900)], page(lifecycle(200, 'hide'), lifecycle(400, 'show')))).toEqual([`document-cut-off: ${PAGE} 650–900`]);
  });
});

describe('another page in the place of one that did not say that it is being left', () => {
  const next = visit(2000, 'd2');

  test('is a gap that lasts until then, for nobody knows when it ended', () => {
    expect(gapsOf(next, page(claim(200, 'a=1')), document([lifecycle(2050, 'start')], { document: 'd2' }))).toEqual([
      `document-cut-off: ${PAGE} 200–2010`,
    ]);
  });

  test('is none after it said so, or where it is the same document', () => {
    expect(gapsOf(next, page(lifecycle(1990, 'hide')), document([lifecycle(2050, 'start')], { document: 'd2' }))).toEqual([]);
    expect(gapsOf([committed(2000)], page(claim(200, 'a=1')))).toEqual([]);
  });

  test('is none in another tab, or for documents that cannot be told apart', () => {
    const elsewhere = committed(2000, { tab: 2, documentId: 'B-d2' });
    expect(gapsOf([elsewhere], page(claim(200, 'a=1')), document([lifecycle(2050, 'start')], { document: 'd2', tab: 2 }))).toEqual([]);
    expect(gapsOf([committed(2000, { documentId: null })], document([lifecycle(50, 'start')], { documentId: null }))).toEqual([]);
  });
});

describe('browser or extension begun anew', () => {
  test('cuts off what was open, for as long as a relay may have kept something', () => {
    expect(gapsOf([begun(9000)], page(claim(200, 'a=1')))).toEqual([`recording-cut-off: ${PAGE} 200–450`]);
    expect(gapsOf([begun(300)], page(claim(200, 'a=1')))).toEqual([`recording-cut-off: ${PAGE} 200–300`]);
  });

  test('cuts off nothing that had ended before', () => {
    expect(gapsOf([begun(9000)], page(lifecycle(300, 'hide')))).toEqual([]);
    expect(gapsOf([ended(900), begun(9000)], page(claim(200, 'a=1')))).toEqual([`document-cut-off: ${PAGE} 650–900`]);
  });
});
