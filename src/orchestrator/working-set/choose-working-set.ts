/** A file of the run, and what it takes in a prompt, in tokens. */
export interface SizedFile {
  path: string;
  whole: number;
  /** What it defines, without bodies. Undefined where that is not known. */
  outline: number | undefined;
  /** Its name in a list. */
  name: number;
  /** How much a task needs its body; the lower the more. 0: it changes the file. */
  need: number;
}

export interface WorkingSetBudget {
  /** What the files may take together. */
  share: number;
  /** What signatures and names may take of it. */
  outlines: number;
  /** What fits into the prompt at all. */
  room: number;
}

/** From this need on, a body is shown only where the task cannot ask for it. */
export const notNeeded = 4;

/** Half of the share at most: bodies are what is missed first. */
const outlinesOfShare = 1 / 2;
/** The part of the outlines that is left for names of files that have none. */
const namesOfOutlines = 1 / 8;

/**
 * Half the context for the files of the run: the other half is left for the requirement, the project, the reply, and a turn that corrects it. Signatures have a part
 * that depends on the context alone, so that they are the same from step to step.
 */
export function workingSetBudget({ contextTokens, room }: { contextTokens: number; room: number }): WorkingSetBudget {
  const half = Math.floor(contextTokens / 2);
  return { share: Math.min(room, half), outlines: Math.floor(half * outlinesOfShare), room };
}

export interface WorkingSet {
  /** In the order of the files, like the others. */
  whole: string[];
  /** Also those that stand whole: the signatures are the same whichever bodies a step needs. */
  outlined: string[];
  /** Neither whole nor outlined. */
  named: string[];
  /** How many are not even named. */
  unnamed: number;
}

/**
 * Which files stand whole, and which only as what they define. Those that the task changes are always whole; they may take more than the share, where the prompt has
 * room, and where the task cannot ask for a file they are shown whether it has or not: it must not write anew what it has not seen. Then come the signatures, in
 * the order of the files, then bodies as they are needed, the latest first.
 */
export function chooseWorkingSet(
  files: readonly SizedFile[],
  { share, outlines, room }: WorkingSetBudget,
  others: 'asked_for' | 'shown',
): WorkingSet {
  const whole = new Set<string>();
  let used = 0;
  const byNeed = files.map((file, place) => ({ ...file, place })).toSorted((a, b) => a.need - b.need || b.place - a.place);
  for (const { path, whole: tokens, need } of byNeed) {
    if (need > 0 || (others === 'asked_for' && used + tokens > room)) continue;
    whole.add(path);
    used += tokens;
  }

  const most = Math.min(outlines, Math.max(0, share - used));
  const outlined = new Set<string>();
  let told = 0;
  for (const { path, outline } of files) {
    if (outline === undefined || told + outline > most * (1 - namesOfOutlines)) continue;
    outlined.add(path);
    told += outline;
  }
  used += told;

  for (const { path, whole: tokens, need } of byNeed) {
    // A name may come to stand for each of the others.
    if (need === 0 || (need >= notNeeded && others === 'asked_for') || used + tokens + most * namesOfOutlines > share) continue;
    whole.add(path);
    used += tokens;
  }

  const rest = files.filter(({ path }) => !whole.has(path) && !outlined.has(path));
  const named = new Set<string>();
  let names = 0;
  for (const { path, name } of rest) {
    if (names + name > most * namesOfOutlines) continue;
    named.add(path);
    names += name;
  }
  const inOrder = (chosen: ReadonlySet<string>) => files.flatMap(({ path }) => (chosen.has(path) ? [path] : []));
  return { whole: inOrder(whole), outlined: inOrder(outlined), named: inOrder(named), unnamed: rest.length - named.size };
}
