import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
let directory = '';

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'policy-'));
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});

function run(...args: string[]): { code: number | null; out: string; err: string[] } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['cli/policy.ts', ...args], { cwd: root, encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr.split('\n').filter((line) => line !== '') };
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}

describe('npm run policy', () => {
  test('the bundled policy: what it is and what it leaves out, in words', () => {
    const { code, out, err } = run('lib/policy/bundled/send-box.com-2025-10-08.json');
    expect({ code, err }).toEqual({ code: 0, err: [] });
    expect(out).toContain('Policy send-box.com, version 2025-10-08');
    expect(out).toMatch(/Categories: 4, services: 2, declared keys: \d+, clauses: 26/);
    expect(out).toContain('Gaps in the policy itself: 11');
    expect(out.split('\n').filter((line) => line.startsWith('- '))).toHaveLength(11);
    expect(out).toContain('names no service or key of the category "marketing", although it asks consent for it. (clause 2.4)');
    // Neither a message's key nor an unfilled placeholder is a sentence.
    expect(out).not.toMatch(/policy_|\{\w+\}/);
  });

  test('a wrong duration: one line with file, pointer, found and expected', () => {
    const path = file(
      'wrong.json',
      JSON.stringify({
        format: 'consent-policy/1',
        id: 'a',
        version: '1',
        sites: ['a.test'],
        categories: [{ id: 'x', basis: 'consent', retention: '24 months' }],
      }),
    );
    expect(run(path)).toEqual({
      code: 2,
      out: '',
      err: [`${path}: /categories/0/retention: found "24 months", expected an ISO 8601 duration such as "P24M"`],
    });
  });

  test('no JSON: line and column', () => {
    const path = file('broken.json', '{\n"format": ,');
    expect(run(path)).toEqual({ code: 2, out: '', err: [`${path}: /format: found "," at line 2, column 11, expected a JSON value`] });
  });

  test.each([
    ['missing', 'ENOENT', () => join(directory, 'missing.json')],
    ['a directory', 'EISDIR', () => directory],
    ['no UTF-8', 'ERR_ENCODING_INVALID_ENCODED_DATA', () => file('latin1.json', new Uint8Array([0x22, 0xe9, 0x22]))],
  ])('unreadable, %s: one line that says why', (_, reason, path) => {
    const { code, out, err } = run(path());
    expect({ code, out, lines: err.length }).toEqual({ code: 2, out: '', lines: 1 });
    expect(err[0]).toContain(path());
    expect(err[0]).toContain(reason);
  });

  test.each([[[]], [['--gaps']], [['a.json', 'b.json']]])('usage: %j', (args) => {
    const { code, out, err } = run(...args);
    expect({ code, out, lines: err.length }).toEqual({ code: 2, out: '', lines: 1 });
    expect(err[0]).toContain('npm run policy -- FILE');
  });
});
