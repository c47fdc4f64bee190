const longest = 60;

/** Spells out the characters that a terminal would obey or that turn the text around. */
export function escapeControls(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** A value from a file or a variable for a message: short, on one line, harmless, and without the user and password of an address. */
export function showValue(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a group of names';
  if (typeof value !== 'string') return String(value);
  const open = value.replace(/\/\/[^/\s]*@/, '//(hidden)@');
  return escapeControls(JSON.stringify(open.length > longest ? `${open.slice(0, longest)}…` : open));
}

/** A name or path for a message: as it is where it is a plain one, else as `showValue`. */
export function showName(name: string): string {
  return /^[\w./\\:-]{1,200}$/.test(name) ? name : showValue(name);
}
