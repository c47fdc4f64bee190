export type EditMarker = 'before' | 'separator' | 'after';

/** Which marker of an edit a line is: `<<<<<<< CURRENT`, `=======`, `>>>>>>> NEW`, or one of their other spellings. */
export function editMarkerOf(line: string): EditMarker | undefined {
  const first = line.charCodeAt(0);
  if (first >= 0xff_1c && first <= 0xff_1e) return editMarkerOf(usualSigns(line));
  if (first !== 60 && first !== 61 && first !== 62 && first !== 45 && first !== 43) return undefined;
  const text = line.length > 120 ? '' : line.trimEnd();
  if (/^={5,9}$/.test(text)) return 'separator';
  if (/^<{5,9}(?:\s?[\w][\w ./:-]*)?$/.test(text) || /^-{5,9} ?(?:SEARCH|CURRENT|ORIGINAL|OLD|BEFORE)$/.test(text)) return 'before';
  if (/^>{5,9}(?:\s?[\w][\w ./:-]*)?$/.test(text) || /^\+{5,9} ?(?:REPLACE|NEW|UPDATED|AFTER)$/.test(text)) return 'after';
  return undefined;
}

/** `＜`, `＝` and `＞` of other keyboards. */
function usualSigns(line: string): string {
  return line.length > 120 ? '' : line.replaceAll(/[＜＝＞]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfe_e0));
}

const words = '(?:SEARCH|CURRENT|ORIGINAL|OLD|BEFORE|FIND|REPLACE|NEW|UPDATED|AFTER)';
const worded = new RegExp(`^(?:<{5,9}|>{5,9}|-{5,9}|\\+{5,9}) ?${words}\\b`);

/** Whether a marker is worded as only in edits, not as in Git's conflicts. */
export function isWordedMarker(line: string): boolean {
  return worded.test(usualSigns(line));
}
