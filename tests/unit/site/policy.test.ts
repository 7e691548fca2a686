import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { bundledPolicy } from '../../../lib/policy/bundled/index.ts';
import { PolicyDocumentSchema } from '../../../lib/model/policy.ts';
import { demoPolicy } from '../../site/policy.ts';

describe('the policy of the demo site', () => {
  it('is a policy, and the bundled one but for keys, record and the data of its services', () => {
    const policy = demoPolicy();
    expect(v.safeParse(PolicyDocumentSchema, policy).issues).toBeUndefined();
    const { keys, consent, data, ...rest } = policy;
    const { keys: bundledKeys, consent: bundledConsent, data: bundledData, ...bundledRest } = bundledPolicy;
    expect(rest).toEqual(bundledRest);
    expect(data?.slice(0, -1)).toEqual(bundledData);
    expect(consent?.validity).toBe(bundledConsent?.validity);
    expect(keys?.slice(bundledKeys?.length ?? 0).map((key) => key.name)).toEqual(['sb_session', 'sb_lang', 'cc_cookie']);
  });

  it('records a consent where one of its own keys is', () => {
    const { keys, consent } = demoPolicy();
    expect(keys).toContainEqual(expect.objectContaining({ name: consent?.record?.key, store: consent?.record?.store }));
  });
});

describe.each(['scenario.json', 'scenario-partial.json'])('%s', (file) => {
  const { start, steps } = JSON.parse(readFileSync(new URL(`../../site/${file}`, import.meta.url), 'utf8')) as {
    start: string;
    steps: Record<string, unknown>[];
  };

  it('is of known steps, begins with a visit, and stays on the audited site', () => {
    expect(new URL(start).hostname).toBe('send-box.com');
    expect(steps[0]).toHaveProperty('visit');
    for (const step of steps) {
      expect(['visit', 'wait', 'click', 'reload', 'fresh']).toContain(Object.keys(step)[0]);
      if (typeof step.visit === 'string') expect(new URL(step.visit, start).hostname).toBe('send-box.com');
    }
  });
});
