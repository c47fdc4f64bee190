/** A diff, or a patch as `apply_patch` takes it, that stands in the text without a fence. */
export interface LoosePatch {
  kind: 'diff' | 'patch';
  /** Lines that the open hunk still has by its own count, before and after; undefined where it does not say. */
  left: { before: number; after: number } | undefined;
}

/** Whether a line begins a patch; a diff is known by its second line, so that the one before belongs to it. */
export function startOfPatch(line: string, previous: string | undefined): LoosePatch['kind'] | undefined {
  if (line.startsWith('+++ ') && previous?.startsWith('--- ') === true && line.length < 1000) return 'diff';
  return line.startsWith('*** ') && /^\*\*\* (?:Begin Patch\s*$|(?:Add|Update|Delete) File: \S)/.test(line) ? 'patch' : undefined;
}

const headers =
  /^(?:diff --git |index [0-9a-f]|--- |\+\+\+ |(?:new|deleted) file mode|(?:old|new) mode|similarity |rename |Index: |={20,}|Binary files )/;

/**
 * What becomes of the patch with this line: it goes on, ends with the line, or ended before it. Counts are wrong as often as not: they only tell that a
 * blank line is behind the last one of a hunk.
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
  // Lines of a hunk begin with one of these; they are most of a diff.
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
