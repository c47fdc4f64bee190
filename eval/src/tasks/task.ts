import type { TaskDescription } from './task-schema.ts';

/** A file of a project, as text. */
export interface ProjectFile {
  /** Relative, with `/`. */
  path: string;
  content: string;
}

/** One task of the proving ground, read from its folder. */
export interface Task extends TaskDescription {
  /** `<family>/<name>`. */
  id: string;
  name: string;
  folder: string;
  requirement: string;
  /** The files that the user has already, in the order of their paths. */
  project: ProjectFile[];
}
