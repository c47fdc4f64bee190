/** JSON on one line: whatever a terminal could obey, or show in another order, is written as `\u…`, which a program reads as before. */
export function jsonLine(value: unknown): string {
  const json = JSON.stringify(value).replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`).join(''),
  );
  return `${json}\n`;
}
