import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cssString, styleOf } from '../../../../lib/tell/report/style.ts';

test('letters, digits, dots and hyphens stand as themselves', () => {
  expect(cssString('send-box.com')).toBe('"send-box.com"');
  expect(cssString('"}</style>')).toBe('"\\22 \\7d \\3c \\2f style\\3e "');
});

test('whatever the site is called, nothing ends the string or the element', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (site) => {
      expect(cssString(site)).toMatch(/^"(?:[A-Za-z0-9.-]|\\[0-9a-f]+ )*"$/);
      expect(styleOf({ site, date: site })).not.toContain('</');
    }),
  );
});
