import { expect, it } from 'vitest';
import { isOpeningCharacter, nextOpeningLine } from '../../../src/files/scan/text-positions.ts';

it('lines that are passed over by search are those whose first character opens nothing', () => {
  for (let code = 33; code < 0x2c00; code += 1) {
    if (code >= 127 && code <= 160) continue;
    const text = `before\n \t${String.fromCharCode(code)} after\n`;
    expect(nextOpeningLine(text, 0), `character ${code}`).toBe(isOpeningCharacter(code) ? 'before\n'.length : -1);
  }
});
