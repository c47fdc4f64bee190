import * as fc from 'fast-check';
import { parseFragment } from 'parse5';
import { expect, it } from 'vitest';
import { html, trustedHtml } from '../../../src/cli/report/html.ts';
import { printable } from '../../../src/utils/printable.ts';
import { textOf } from './page-of.ts';

it('makes text of every value, between tags and in attributes, whoever wrote it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const fragment = parseFragment(html`<p title="${text}">${text}</p>`.text);
      const [paragraph] = fragment.childNodes;
      expect(fragment.childNodes).toHaveLength(1);
      if (paragraph === undefined || !('attrs' in paragraph)) throw new Error('a paragraph is there');
      expect(paragraph.attrs).toEqual([{ name: 'title', value: printable(text) }]);
      expect(textOf(paragraph)).toBe(printable(text));
    }),
  );
});

it.each([
  ['text', '<b>&"\'', '&lt;b&gt;&amp;&quot;&#39;'],
  ['a number', 1.5, '1.5'],
  ['markup', html`<b>${'<'}</b>`, '<b>&lt;</b>'],
  ['a list', ['<', html`<i></i>`, 2], '&lt;<i></i>2'],
  ['nothing', undefined, ''],
  ['a constant', trustedHtml('<hr>'), '<hr>'],
])('takes %s', (_, value, expected) => {
  expect(html`${value}`.text).toBe(expected);
});
