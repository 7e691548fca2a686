/** Audits that are cut short while they wait: by the person, or by something of the browser that goes down. */
import { spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSite } from '../site/server.ts';
import { browserArguments, html, pages, runAudit, shopPolicy, type BrowserName, type Outcome } from './audit-of.ts';

/** Runs an audit that waits for ten minutes after a page that sets `_ga`, and does something to it meanwhile. */
export async function whileItWaits(
  browser: BrowserName,
  meddle: (child: ChildProcess) => void,
  command: 'audit' | 'start' = 'audit',
): Promise<Outcome> {
  const site = await startSite({ form: 'clean', host: pages({ 'shop.test/': html('<script>document.cookie="_ga=1;Secure"</script>') }) });
  const folder = mkdtempSync(join(tmpdir(), 'cut-short-'));
  const write = (name: string, value: unknown): string => {
    writeFileSync(join(folder, name), JSON.stringify(value));
    return join(folder, name);
  };
  const steps = [{ visit: '/' }, { wait: 600_000 }];
  const args = ['--scenario', write('wait.json', { steps }), '--policy', write('policy.json', shopPolicy()), '--ignore-https-errors'];
  let done = false;
  try {
    return await runAudit(
      ['https://shop.test/', ...args, ...browserArguments(browser, site.port)],
      (child, told) => {
        if (done || !told.includes('wait 600000')) return;
        done = true;
        meddle(child);
      },
      command,
    );
  } finally {
    await site.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Process {
  pid: number;
  /** With its arguments. */
  command: string;
}

/** Ends those of the processes that the audit started, and those started in turn, without a word. */
export function killThose(child: ChildProcess, are: (one: Process) => boolean): void {
  const all = spawnSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .stdout.split('\n')
    .flatMap((line) => {
      const [, pid, parent, command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
    });
  const below = (parent: number): Process[] => all.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.pid)]);
  for (const one of below(child.pid as number)) if (are(one)) process.kill(one.pid, 'SIGKILL');
}
