import { describe, expect, it } from 'vitest';
import { mendNodeTest } from '../../../../src/files/findings/javascript/mend-node-test.ts';

const asked = 'Write tests for `tent.js` with `node:test` and `node:assert`.';

async function mended(content: string, { words = asked, path = 'tent.test.js' } = {}): Promise<string | undefined> {
  return (await mendNodeTest({ path, content, asked: words }))?.content;
}

const body = "import { pitch } from './tent.js';\n\n";
const withNode = "import { test } from 'node:test';\n";
const withAssert = `import assert from 'node:assert';\n${withNode}`;

describe('tests that were asked for with node:test', () => {
  it('import what they use of it, under the names that it has', async () => {
    const text =
      "const assert = require('assert');\n\nbeforeAll(() => {});\ndescribe('a tent', () => {\n  it('stands', () => assert.ok(true));\n});\n";
    const line = "const { before, describe, it } = require('node:test');\n";
    expect(await mended(text)).toBe(line + text.replace('beforeAll', 'before'));
  });

  it.each([
    ['expect(pitch(2)).toBe(3)', 'assert.strictEqual(pitch(2), 3)'],
    ['expect(pitch(2)).not.toBe(3)', 'assert.notStrictEqual(pitch(2), 3)'],
    ['expect([...pitch()]).toEqual([1, 2])', 'assert.deepStrictEqual([...pitch()], [1, 2])'],
    ['expect(pitch()).toBeNull()', 'assert.strictEqual(pitch(), null)'],
    ['expect(a || b).toHaveLength(3)', 'assert.strictEqual((a || b).length, 3)'],
    ['expect(pitch()).not.toContain(3)', 'assert.ok(!(pitch()).includes(3))'],
    ['expect(pitch()).toBeGreaterThan(1 + 1)', 'assert.ok((pitch()) > (1 + 1))'],
    ['expect(pitch()).toMatch(/wet/)', 'assert.match(pitch(), /wet/)'],
    ['expect(() => pitch(-1)).toThrow(RangeError)', 'assert.throws(() => pitch(-1), RangeError)'],
    ['expect(() => pitch(-1)).toThrow("no tent")', 'assert.throws(() => pitch(-1), (error) => error.message.includes("no tent"))'],
    ['expect(() => pitch(1)).not.toThrow()', 'assert.doesNotThrow(() => pitch(1))'],
    ['await expect(pitch(-1)).rejects.toThrow(RangeError)', 'await assert.rejects(pitch(-1), RangeError)'],
  ])('say %s as %s', async (said, says) => {
    const text = (statement: string) => `${body}test('a', async () => {\n  ${statement};\n});\n`;
    expect(await mended(text(said))).toBe(withAssert + text(says));
  });

  it.each([
    ['it was not asked for', { words: 'Write tests for `tent.js` with Jest.' }, `${body}test('a', () => {});\n`],
    ['they import another runner', {}, "import { test } from 'vitest';\ntest('a', () => {});\n"],
    ['they import it', {}, `${withNode}test('a', () => {});\n`],
    ['they have a function of that name', {}, 'function test() {}\ntest();\n'],
    ['they only assert', {}, "import assert from 'assert';\nassert.ok(true);\n"],
    ['a matcher says what node:assert cannot', {}, "test('a', () => { expect(pitch()).toBeCloseTo(0.3); });\n"],
    ['one expects within another', {}, "test('a', () => { expect(() => expect(1).toBe(2)).toThrow(); });\n"],
    ['expect is more than called', {}, "test('a', () => { expect.assertions(1); });\n"],
    ['they are no JavaScript', { path: 'test_tent.py' }, "test('a')\n"],
  ])('stay as they are where %s', async (_, options, text) => expect(await mended(text, options)).toBeUndefined());
});
