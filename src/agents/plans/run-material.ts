/** The state of a run when one of its tasks begins: plans are made from it, and messages may show it. */
export interface RunMaterial {
  requirement: string;
  projectFiles: readonly { path: string; content: string }[];
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
