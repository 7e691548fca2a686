/** Every rule says in three languages what to do about what it finds. */
import { describe, expect, test } from 'vitest';
import { rules } from '../../lib/judge/rules/index.ts';
import { LANGUAGES } from '../../lib/model/policy.ts';
import { messageText } from '../../lib/tell/message.ts';

describe.each(LANGUAGES)('in %s', (language) => {
  test.each(rules.map(({ meta }) => meta.id))('%s has its remedy', (id) => {
    const key = `remedy_${id.replaceAll('-', '_')}`;
    const text = messageText(key, {}, language);
    expect(text).not.toBe(key);
    expect(text).toMatch(/\.$/);
    if (language !== 'en') expect(text).not.toBe(messageText(key, {}, 'en'));
  });
});
