import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PrefillEcho } from '../../../src/llm/chat/prefill-echo.ts';

function passAll(prefill: string, pieces: string[]): string {
  const echo = new PrefillEcho(prefill);
  return pieces.map((piece) => echo.pass(piece)).join('') + echo.end();
}
const cut = (text: string, at: number[]) => {
  const places = [...new Set(at.map((place) => place % (text.length + 1)))].sort((a, b) => a - b);
  return [0, ...places].map((place, index) => text.slice(place, places[index] ?? text.length));
};

describe('PrefillEcho', () => {
  it('takes out an echoed prefill, in whatever pieces it comes', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.array(fc.nat()), (prefill, news, places) => {
        expect(passAll(prefill, cut(prefill + news, places))).toBe(news);
      }),
    );
  });

  it('passes everything on where the server sends only what is new', () => {
    expect(passAll('def add(a, b):', ['\n    return', ' a + b'])).toBe('\n    return a + b');
    expect(passAll('abc', ['ab', 'x'])).toBe('abx');
    expect(passAll('abc', ['ab'])).toBe('ab');
  });
});
