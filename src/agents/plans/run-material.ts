/** What a run holds when one of its tasks begins: what a plan is made from, and what a message may show. */
export interface RunMaterial {
  requirement: string;
  projectFiles: readonly { path: string; content: string }[];
  /** The files of this run as they stand now, in the order of their first writing. */
  files: readonly { path: string; content: string }[];
  /** What steps that expect text have delivered, in step order. */
  readonly documents: readonly { taskType: string; text: string }[];
  /** Those of these texts that may hold most of this one. */
  documentsLike: (text: string) => string[];
  /** The task types of the workflow's steps that write files, in step order. */
  writingSteps: readonly string[];
}
