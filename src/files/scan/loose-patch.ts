/** A diff, or a patch for `apply_patch`, that is in the text without a fence. */
export interface LoosePatch {
  kind: 'diff' | 'patch';
  /** The remaining lines of the open hunk by its own count, before and after. Undefined if it does not say. */
  left: { before: number; after: number } | undefined;
}

/** The kind of patch that a line begins, if any. A diff is recognised by its second line, so the line before belongs to it. */
export function startOfPatch(line: string, previous: string | undefined): LoosePatch['kind'] | undefined {
  if (line.startsWith('+++ ') && previous?.startsWith('--- ') === true && line.length < 1000) return 'diff';
  return line.startsWith('*** ') && /^\*\*\* (?:Begin Patch\s*$|(?:Add|Update|Delete) File: \S)/.test(line) ? 'patch' : undefined;
}

const headers =
  /^(?:diff --git |index [0-9a-f]|--- |\+\+\+ |(?:new|deleted) file mode|(?:old|new) mode|similarity |rename |Index: |={20,}|Binary files )/;

/**
 * What this line means for the patch: it continues, ends with the line, or ended before it. Counts are often wrong: they only show that a blank line comes
 * after the last line of a hunk.
 */
export function followPatch(patch: LoosePatch, line: string): LoosePatch | 'ends with it' | 'ended before it' {
  if (patch.kind === 'patch') {
    if (!/^[*`~]/.test(line)) return patch;
    if (/^\*\*\* End Patch\s*$/.test(line)) return 'ends with it';
    return /^(?:`{3}|~{3})/.test(line) ? 'ended before it' : patch;
  }
  const hunk = !line.startsWith('@@') ? null : /^@@+ -\d{1,9}(?:,(\d{1,9}))? \+\d{1,9}(?:,(\d{1,9}))? @@/.exec(line);
  if (hunk !== null) return { kind: 'diff', left: { before: Number(hunk[1] ?? 1), after: Number(hunk[2] ?? 1) } };
  if (line.startsWith('@@')) return { kind: 'diff', left: undefined };
  const { left } = patch;
  const isOver = left !== undefined && left.before <= 0 && left.after <= 0;
  // Lines of a hunk begin with one of these. They are most of a diff.
  if ((line.startsWith('+') && !line.startsWith('+++ ')) || line.startsWith(' ')) {
    if (line.trim() !== '') return counted(patch, line.startsWith('+') ? 0 : 1, 1);
  } else if (headers.test(line) && (isOver || left === undefined || !/^[+-]/.test(line))) return { kind: 'diff', left: undefined };
  if (line.trim() === '') return isOver ? 'ended before it' : counted(patch, 1, 1);
  switch (line[0]) {
    case '+':
      return counted(patch, 0, 1);
    case '-':
      return counted(patch, 1, 0);
    case ' ':
      return counted(patch, 1, 1);
    case '\\':
      return patch;
    default:
      return 'ended before it';
  }
}

function counted(patch: LoosePatch, before: number, after: number): LoosePatch {
  const { kind, left } = patch;
  if (left === undefined) return patch;
  const next = { before: Math.max(0, left.before - before), after: Math.max(0, left.after - after) };
  return next.before === left.before && next.after === left.after ? patch : { kind, left: next };
}
