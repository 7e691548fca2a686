/** `npm test`: everything that must hold, cheapest first; ends with one line of counts. */
import { spawnSync } from 'node:child_process';
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
process.exitCode = main();

function main(): number {
  try {
    for (const browser of ['chromium', 'firefox'] as const) findBrowser(browser, null, say);
  } catch (error) {
    if (!(error instanceof ExitError)) throw error;
    say(error.message);
    return error.code;
  }
  let passed = 0;
  let failed = 0;
  for (const [name, file, args] of CHECKS) {
    say(`\n— ${name}`);
    if (spawnSync(file, args, { stdio: 'inherit', cwd: ROOT, shell: process.platform === 'win32' }).status === 0) passed++;
    else failed++;
  }
  // One browser at a time: what is tried is the order of moments, and a busy machine blurs it.
  for (const [name, args] of [
    ['unit', ['--project', 'unit']],
    ['end to end, in Chromium and in Firefox', ['--project', 'e2e', '--project', 'firefox', '--maxWorkers', '1']],
  ] as const) {
    say(`\n— ${name}`);
    const counts = vitest(args);
    passed += counts.passed;
    failed += counts.failed;
  }
  say(`\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
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
