import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { h, textOf } from '../../../../lib/tell/report/element.ts';
import { htmlOf } from '../../../../lib/tell/report/html.ts';

describe('texts and attributes', () => {
  test('are told, never parsed', () => {
    expect(htmlOf(h('p', { title: '"><img src=x>' }, '<script>&lt;'))).toBe(
      '<p title="&quot;&gt;&lt;img src=x&gt;">&lt;script&gt;&amp;lt;</p>',
    );
  });

  test('show what would hide or reorder them', () => {
    expect(textOf(h('p', {}, 'a\u202eb\u0000\ud800'))).toBe('a\\u202eb\\u0000\uFFFD');
    expect(h('p', { title: '\u200f' }).attributes.title).toBe('\\u200f');
  });

  test('nothing leaves nothing, and lists are flat', () => {
    expect(htmlOf(h('p', {}, null, ['a', [h('b', {}, 'c')], ''], 'd'))).toBe('<p>a<b>c</b>d</p>');
  });

  test('whatever they hold, there is no markup but the element', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const html = htmlOf(h('p', { title: text }, text));
        expect(html.match(/</g)).toHaveLength(2);
        expect(html.match(/"/g)).toHaveLength(2);
      }),
    );
  });
});

test('void elements have no end', () => expect(htmlOf(h('p', {}, h('br')))).toBe('<p><br></p>'));

describe('refused, for no report has them', () => {
  test.each(['script', 'iframe', 'img', 'form', 'link', 'SCRIPT', 'a b', 'p>', ''])('the element %j', (name) => {
    expect(() => htmlOf(h('div', {}, h(name)))).toThrow('no element of a report');
  });
  test.each([
    ['onclick', 'x'],
    ['style', 'color: red'],
    ['src', 'x'],
    ['href', 'javascript:alert(1)'],
    ['href', 'https://example.test/'],
    ['a b', 'x'],
    ['x"', 'y'],
  ])('the attribute %s="%s"', (name, value) => {
    expect(() => htmlOf(h('a', { [name]: value }))).toThrow('no attribute of a report');
  });
  test('but links within it are fine', () => expect(htmlOf(h('a', { href: '#x' }, 'x'))).toBe('<a href="#x">x</a>'));
});
