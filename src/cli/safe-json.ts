/** JSON for people and programs: whatever a terminal could obey, or show in another order, is written as `\u…`, which a program reads as before. */
export function safeJson(value: unknown): string {
  return withEscapes(JSON.stringify(value, null, 2));
}

/** Of JSON text, whose own line feeds stay. */
function withEscapes(json: string): string {
  return json.replaceAll(/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/gu, escape);
}

function escape(character: string): string {
  return Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`).join('');
}

/** JSON on one line: whatever a terminal could obey, or show in another order, is written as `\u…`, which a program reads as before. */
export function jsonLine(value: unknown): string {
  return `${withEscapes(JSON.stringify(value))}\n`;
}

/** @param time Milliseconds since 1970. */
export function isoTime(time: number): string {
  return new Date(time).toISOString();
}
