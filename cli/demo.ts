/** The bundled demo site: a local server that answers for all of its hosts. */
import { join } from 'node:path';
import type { PolicyDocument } from '../lib/model/policy.ts';
import { demoPolicy } from '../tests/site/policy.ts';
import { startSite } from '../tests/site/server.ts';
import { ROOT } from './chromium.ts';
import { readScenario, type Scenario } from './scenario.ts';

export interface Demo {
  url: string;
  policy: PolicyDocument;
  scenario: Scenario;
  browserArgs: string[];
  close(): Promise<void>;
}

/** Starts the demo in one of its forms; every host name leads to it. */
export async function startDemo(form: 'breaking' | 'clean'): Promise<Demo> {
  const site = await startSite({ form });
  return {
    url: 'https://send-box.com/',
    policy: demoPolicy(),
    scenario: readScenario(join(ROOT, 'tests', 'site', 'scenario.json')),
    browserArgs: [`--host-resolver-rules=MAP * 127.0.0.1:${site.port}`, '--ignore-certificate-errors'],
    close: async () => {
      await site.close();
    },
  };
}
