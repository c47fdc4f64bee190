import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paintWords } from '../../../src/cli/code/interactive/paint-words.ts';
import '../../support/property-tests.ts';

const marked = { paint: (style: string, text: string) => `<${style}>${text}</>` };
const plain = { paint: (_: string, text: string) => text };

describe('a line of a reply', () => {
  it.each([
    ['The rate is in `rate.py`.', 'The rate is in <active>`rate.py`</>.'],
    ['It is **not** what `**x**` says.', 'It is <strong>not</> what <active>`**x**`</> says.'],
    ['a ` alone', 'a ` alone'],
    ['takes *args and **kwargs and **more', 'takes *args and **kwargs and **more'],
    ['**a** and **b', '<strong>a</> and **b'],
    ['| `a` | **b** |', '| <active>`a`</> | <strong>b</> |'],
    ['see [the page](docs/a.md), [x]', 'see <active>the page</> <faint>(docs/a.md)</>, [x]'],
    ['`[a](b)` and [a](b c)', '<active>`[a](b)`</> and [a](b c)'],
    ['````', '````'],
    ['', ''],
  ])('%j is shown as %j', (line, shown) => {
    expect(paintWords(line, marked)).toBe(shown);
  });

  it('is shown as it is without colours, whatever it holds', () => {
    const line = fc.array(fc.constantFrom('`', '**', '*', 'word', ' ', '|', '[word](a)', '[', '](')).map((parts) => parts.join(''));
    fc.assert(
      fc.property(line, (text) => {
        expect(paintWords(text, plain)).toBe(text);
      }),
    );
  });
});
