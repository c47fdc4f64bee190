import { describe, expect, it } from 'vitest';
import { drawnText } from '../../../src/files/names/claimed-path.ts';

describe('drawnText', () => {
  it.each([
    ['=== src/cart.py ===', 'src/cart.py'],
    ['-- src/cart.py  -----', 'src/cart.py'],
    ['──── src/cart.py ────', 'src/cart.py'],
  ])('tells what stands between the marks of %j', (line, text) => {
    expect(drawnText(line)).toEqual({ text, isClosed: true });
  });

  it.each([
    ['>> src/cart.py', 'src/cart.py'],
    ['=== src/cart.py ---', 'src/cart.py ---'],
    ['=== src/cart.py=', 'src/cart.py='],
    ['=== ===', '==='],
  ])('tells what stands behind the marks of %j, which are not closed', (line, text) => {
    expect(drawnText(line)).toEqual({ text, isClosed: false });
  });

  it.each(['= src/cart.py =', 'src/cart.py', '=-= src/cart.py', '===src/cart.py==='])(
    'leaves %j, which does not begin with marks',
    (line) => {
      expect(drawnText(line)).toBeUndefined();
    },
  );
});
