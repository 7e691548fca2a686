import { expect, test } from 'vitest';
import type { BrowserEvent } from '../../../lib/model/capture.ts';
import { createNews } from '../../../lib/session/news.ts';
import { ended, redirect, request, response } from '../gather/correlate/captures.ts';

let time = 0;
function news(...events: BrowserEvent[]) {
  time = 1000;
  const it = createNews(() => time);
  for (const event of events) it.hear(event);
  return { ...it, unanswered: () => it.tell().unanswered };
}
const asked = (id: string, type: string) => request(0, id, 'https://shop.test/x', { resourceType: type });

test('each thing that is observed is news, and begins the quiet anew', () => {
  const { hear, tell } = news();
  const { seen } = tell();
  time += 300;
  expect(tell()).toEqual({ milliseconds: 300, seen, unanswered: 0 });
  hear(null);
  expect(tell().milliseconds).toBe(0);
  expect(tell().seen).not.toBe(seen);
});

test('a request is unanswered until its answer begins, a script until it is whole', () => {
  const { hear, unanswered } = news(asked('1', 'xmlhttprequest'), asked('2', 'script'), asked('3', 'image'));
  expect(unanswered()).toBe(3);
  hear(response(1, '1'));
  hear(response(1, '2'));
  expect(unanswered()).toBe(2);
  hear(ended(2, '2'));
  expect(unanswered()).toBe(1);
  hear(ended(2, '3'));
  expect(unanswered()).toBe(0);
});

test('an answer that never comes is not waited for', () => {
  const { unanswered } = news(asked('1', 'image'));
  time += 4999;
  expect(unanswered()).toBe(1);
  time += 1;
  expect(unanswered()).toBe(0);
});

test('what a redirect leads to is waited for as long as any other request', () => {
  const { hear, unanswered } = news(asked('1', 'image'), asked('2', 'image'));
  time += 3000;
  hear(redirect(1, '1'));
  hear(asked('1', 'image'));
  time += 3000;
  expect(unanswered()).toBe(1);
  time += 2000;
  expect(unanswered()).toBe(0);
});
