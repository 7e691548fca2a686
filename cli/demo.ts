/** The bundled demo site: a local server that answers for all of its hosts. */
import { join } from 'node:path';
import type { PolicyDocument } from '../lib/model/policy.ts';
import { demoPolicy } from '../tests/site/policy.ts';
import { leadingTo } from '../tests/site/leading.ts';
import { startSite } from '../tests/site/server.ts';
import type { AuditOptions } from './arguments.ts';
import { ROOT } from './find-browser.ts';
import { readScenario, type Scenario } from './scenario.ts';

export interface Demo {
  url: string;
  policy: PolicyDocument;
  scenario: Scenario;
  /** What leads the browser of these options to the demo, before what they ask for themselves. */
  reachedBy(options: AuditOptions): Pick<AuditOptions, 'browserArgs' | 'browserPrefs'>;
  close(): Promise<void>;
}

/** Starts the demo in one of its forms; every host name leads to it. */
export async function startDemo(form: 'breaking' | 'clean'): Promise<Demo> {
  const site = await startSite({ form });
  return {
    url: 'https://send-box.com/',
    policy: demoPolicy(),
    scenario: readScenario(join(ROOT, 'tests', 'site', 'scenario.json')),
    reachedBy({ browser, browserArgs, browserPrefs }) {
      const { args, prefs } = leadingTo(browser, site.port);
      return { browserArgs: [...args, ...browserArgs], browserPrefs: { ...prefs, ...browserPrefs } };
    },
    close: async () => {
      await site.close();
    },
  };
}
