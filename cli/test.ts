/** `npm test`: everything that must hold, cheapest first; ends with one line of counts. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExitError } from './exit.ts';
import { findBrowser, ROOT } from './find-browser.ts';

const BIN = join(ROOT, 'node_modules', '.bin');

const CHECKS: [string, string, string[]][] = [
  ['types', join(BIN, 'tsc'), ['--noEmit', '-p', '.']],
  ['components', join(BIN, 'svelte-check'), ['--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'human']],
  ['lint', join(BIN, 'eslint'), ['.', '--max-warnings', '0']],
  ['format', join(BIN, 'prettier'), ['--check', '--log-level', 'warn', '.']],
];

const say = (text: string): void => void process.stdout.write(`${text}\n`);

// The long tests look for this themselves.
if (process.argv.includes('--full')) process.env.CONSENT_AUDIT_FULL = '1';
process.exitCode = await main();

async function main(): Promise<number> {
  try {
    for (const browser of ['chromium', 'firefox'] as const) findBrowser(browser, null, say);
  } catch (error) {
    if (!(error instanceof ExitError)) throw error;
    say(error.message);
    return error.code;
  }
  let passed = 0;
  let failed = 0;
  // Begun together, told in order.
  for (const [name, result] of CHECKS.map(([name, file, args]) => [name, check(file, args)] as const)) {
    const { ok, output } = await result;
    say(`\n— ${name}${output.trim() === '' ? '' : `\n${output.trim()}`}`);
    if (ok) passed++;
    else failed++;
  }
  for (const [name, args] of [
    ['unit', ['--project', 'unit']],
    // More than there may be processors: pages and browsers are waited for as much as they work.
    ['end to end, in Chromium and in Firefox', ['--project', 'e2e', '--project', 'firefox', '--maxWorkers', '3']],
  ] as const) {
    say(`\n— ${name}`);
    const counts = vitest(args);
    passed += counts.passed;
    failed += counts.failed;
  }
  say(`\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

function check(file: string, args: string[]): Promise<{ ok: boolean; output: string }> {
  const child = spawn(file, args, { cwd: ROOT, shell: process.platform === 'win32' });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()));
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ ok: false, output: error.message }));
    child.once('close', (code) => resolve({ ok: code === 0, output }));
  });
}

/** A run that counted nothing, or ended badly without a failed test, is itself a failure. */
function vitest(projects: readonly string[]): { passed: number; failed: number } {
  const folder = mkdtempSync(join(tmpdir(), 'vitest-'));
  const report = join(folder, 'report.json');
  const args = ['run', ...projects, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { status } = spawnSync(join(BIN, 'vitest'), args, { stdio: 'inherit', cwd: ROOT, shell: process.platform === 'win32' });
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8')) as {
      numPassedTests: number;
      numFailedTests: number;
    };
    const bad = numPassedTests === 0 || (status !== 0 && numFailedTests === 0);
    return { passed: numPassedTests, failed: numFailedTests + (bad ? 1 : 0) };
  } catch {
    // The runner ended before it could write its report.
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
