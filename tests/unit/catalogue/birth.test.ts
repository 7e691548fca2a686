import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { valueBorn } from '../../../lib/catalogue/birth.ts';

const NOW = Date.UTC(2026, 10, 22);
const BORN = Date.UTC(2024, 4, 5, 6, 7, 8);
const S = BORN / 1000;

describe('valueBorn', () => {
  test.each([
    ['_ym_uid', `${S}123456789`],
    ['_ym_uid', `${S}1234567`],
    ['_ym_uid', `"${S}12345678"`],
    ['_ga', `GA1.1.2129780172.${S}`],
    ['_ga', `GA1.1-2.2129780172.${S}`],
    ['_gid', `GA1.2.1.${S}`],
    ['_fbp', `fb.1.${BORN}.123456`],
    ['_fbp', `fb.1.${BORN}.123456.AQ`],
    ['_fbc', `fb.1.${BORN}.IwAR`],
    ['_gcl_au', `1.1.323557889.${S}`],
    ['_gcl_aw', `GCL.${S}.abc`],
    ['_gac_UA-1', `1.${S}.abc`],
    ['FPID', `FPID2.3.${encodeURIComponent('a+/=')}.${S}`],
    ['__utma', `1.2.${S}.1700000000.1700000001.3`],
    ['tildauid', `${BORN}.5`],
    ['_pk_id.1.ab', `0123456789abcdef.${S}.`],
  ])('%s=%s', (name, value) => {
    expect(valueBorn(name, value, NOW)).toBe(BORN);
  });

  test.each([
    ['_ym_d, which each renewal resets', '_ym_d', String(S)],
    ['a session cookie of GA4', '_ga_ABC', `GS2.1.s${S}$o1$g0$t${S}`],
    ['a name that only begins so', '_gax', `GA1.1.1.${S}`],
    ['too few random digits', '_ym_uid', `${S}12`],
    ['no number', '_ga', 'GA1.1.x.y'],
    ['a moment before any of this', '_ga', `GA1.1.1.${1_000_000_000}`],
    ['a moment to come', '_ga', `GA1.1.1.${NOW / 1000 + 2 * 86_400}`],
    ['broken percent-encoding', '_ga', '%E0%A4%A'],
    ['nothing', '_ga', ''],
  ])('%s tells no birth', (_, name, value) => {
    expect(valueBorn(name, value, NOW)).toBeNull();
  });

  test('whatever is found is plausible, and nothing throws', () => {
    const names = fc.constantFrom('_ga', '_ym_uid', '_fbp', '_gcl_au', 'tildauid');
    const values = fc.tuple(
      fc.constantFrom('GA1.1.1.', '', '1.1.1.', 'fb.1.'),
      fc.bigInt(0n, 10n ** 19n),
      fc.string({ unit: 'binary', maxLength: 5 }),
    );
    fc.assert(
      fc.property(names, values, (name, parts) => {
        const born = valueBorn(name, parts.join(''), NOW);
        if (born !== null) expect(born >= Date.UTC(2005, 0, 1) && born <= NOW + 86_400_000).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
