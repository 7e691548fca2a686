/** Each golden audit gives its reports byte for byte; `npm run golden` writes them anew. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { goldenFile, goldenNames, goldenReports } from '../../../../cli/golden.ts';

test('there are golden audits', () => expect(goldenNames()).toEqual(['demo', 'hostile', 'nothing']));

describe.each(goldenNames())('%s', (name) => {
  const reports = Object.entries(goldenReports(name));

  test.each(reports.map(([file]) => file))('%s is as it was', (file) => {
    const text = goldenReports(name)[file];
    expect(text === readFileSync(goldenFile(name, file), 'utf8'), `${name}/${file} differs; "npm run golden" writes it anew`).toBe(true);
  });

  test.each(reports)('%s: every link leads somewhere, every id is there once, and no message is missing', (_file, text) => {
    const ids = [...text.matchAll(/ id="([^"]*)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of text.matchAll(/ href="#([^"]*)"/g)) expect(ids).toContain(target);
    const described = [...text.matchAll(/ aria-(?:labelledby|describedby)="([^"]*)"/g)].map((match) => match[1]);
    expect(described.filter((id) => !ids.includes(id))).toEqual([]);
    expect(text.match(/\b(report|remedy|rule|popup|finding)_[a-z_]+/g) ?? []).toEqual([]);
  });

  test.each(reports)('%s holds nothing that could run, load or hide', (_file, text) => {
    const body = text.slice(text.indexOf('<body>'));
    expect(body).not.toMatch(/<(script|img|iframe|object|embed|link|form|style)\b/i);
    expect(body).not.toMatch(/<[^>]*\s(on\w+|src|style)=/i);
    expect(body).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/);
    expect(text.isWellFormed()).toBe(true);
  });
});
