import { describeLeftOut, type LeftOut, type LeftOutReason } from '../../project/choosing/left-out.ts';
import type { RunState } from '../../state/run/run-state.ts';

/**
 * What a run knows of the project, as people are told it: the first sentence says how much of it, the others what was left out and what else they should know.
 * Empty for a run that was only given files.
 */
export function projectSentences({ input, inherits }: Pick<RunState, 'input' | 'inherits'>): string[] {
  const { project, files } = input;
  if (project === undefined) return [];
  const { fileCount, tokens, conventions = [], notes = [], leftOut, standing } = project;
  const whole = files.length;
  const count = Math.max(fileCount, whole);
  const size = `about ${tokens.toLocaleString('en')} tokens`;
  const from = conventions.length === 0 ? '' : `, with the conventions of ${conventions.join(', ')}`;
  if (inherits !== undefined) return [`Project: ${counted(count)}, as ${inherits.run} knew them (${size})`];
  const others = standing === '' ? 'none of the others' : 'the others as a map';
  const how =
    whole + conventions.length >= count
      ? 'all given whole'
      : whole === 0
        ? 'given as a map'
        : `${whole.toLocaleString('en')} given whole, ${others}`;
  return [`Project: ${counted(count)}; ${how}${from} (${size})`, ...describeLeftOut(known(leftOut)), ...notes];
}

function counted(count: number): string {
  return count === 1 ? '1 file' : `${count.toLocaleString('en')} files`;
}

const reasons: Record<LeftOutReason, true> = {
  secret: true,
  ignored: true,
  generated: true,
  binary: true,
  huge: true,
  link: true,
  repository: true,
  unreadable: true,
  too_many: true,
};

/** A later version of this program may know other reasons. */
function known(leftOut: readonly { reason: string; count: number; examples: string[] }[]): LeftOut[] {
  return leftOut.filter((one): one is LeftOut => Object.hasOwn(reasons, one.reason));
}
