/** The state of a run when one of its tasks begins: plans are made from it, and messages may show it. */
export interface RunMaterial {
  requirement: string;
  projectFiles: readonly { path: string; content: string }[];
  /** Files of the project that the run was not given whole and that the requirement speaks of, most relevant first. Absent: none. */
  near?: readonly string[] | undefined;
  /** Whether the project has a file of this name that nobody was given. Absent: it has none. */
  isUnseen?: ((path: string) => boolean) | undefined;
  /** The current files of this run, in the order in which they were first written. */
  files: readonly { path: string; content: string }[];
  /** What people were asked and have decided, in step order. Absent: nothing. */
  readonly decisions?: readonly string[] | undefined;
  /** The texts that steps have delivered, in step order. */
  readonly documents: readonly { taskType: string; text: string }[];
  /** Those of these texts that may contain most of `text`. */
  documentsLike: (text: string) => string[];
  /** What a check that the task depends on found wrong, a line each. Absent: nothing. */
  findings?: readonly string[] | undefined;
  /** The task types of the workflow's steps that write files, in step order. */
  writingSteps: readonly string[];
}

/** What the run can tell of the project by name. Of two files of one name the one that was given counts, then the more relevant one. */
export function knownFiles({
  projectFiles,
  near = [],
}: {
  projectFiles: readonly { path: string }[];
  near?: readonly string[] | undefined;
}): { path: string }[] {
  return [...near.toReversed().map((path) => ({ path })), ...projectFiles];
}
