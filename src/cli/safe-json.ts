/** JSON for people and programs: characters that could control a terminal or reorder its text are written as `\u…`, which means the same to a program. */
export function safeJson(value: unknown): string {
  return withEscapes(JSON.stringify(value, null, 2));
}

/** Escapes characters in JSON text, but not its line feeds. */
function withEscapes(json: string): string {
  return json.replaceAll(/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/gu, escape);
}

function escape(character: string): string {
  return Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`).join('');
}

/** JSON on one line, with the same escapes as in `safeJson`. */
export function jsonLine(value: unknown): string {
  return `${withEscapes(JSON.stringify(value))}\n`;
}

/** @param time Milliseconds since 1970. */
export function isoTime(time: number): string {
  return new Date(time).toISOString();
}
