import { existsSync } from 'node:fs';
import { unreadFiles } from '../../project/choosing/unread-files.ts';
import type { GitEnvironment } from '../../project/git/git-place.ts';
import type { RunState } from '../../state/run/run-state.ts';
import { projectBase, type BaseFile } from '../artifacts/project-base.ts';
import { removedFiles, standingFiles } from '../artifacts/standing-files.ts';
import { projectFolder } from '../project-folder.ts';
import { lookBelow, nothingBelow, type ProjectBelow } from './project-below.ts';
import type { SeenFile } from './seen-files.ts';

export interface ProjectFilesOptions {
  /** Absolute: the project. */
  workspace: string;
  /** The content of a version of a file. */
  contentOf: (sha256: string) => Promise<Uint8Array | undefined>;
  /** For Git, which knows what else is in the project. Absent: only what the run knows lies below. */
  environment?: GitEnvironment | undefined;
}

/** The project that a run works on, as far as its checks see it. */
export class ProjectFiles {
  readonly #options: ProjectFilesOptions;

  constructor(options: ProjectFilesOptions) {
    this.#options = options;
  }

  /** What lies below the files of the run now. */
  async below(state: RunState): Promise<ProjectBelow> {
    const base = await this.#base(state);
    if (base === undefined) return nothingBelow;
    if (isGone(this.#places(state))) return { ...nothingBelow, leftOut: 'its worktree is not there any more' };
    return lookBelow({ ...this.#places(state), base, unread: await this.#unread(state, base), without: touchedPaths(state) });
  }

  /** The project without anything of the run; undefined where that is not known any more, because what the run has changed was applied and was not read before. */
  async bare(state: RunState): Promise<ProjectBelow | undefined> {
    const base = await this.#base(state);
    if (base === undefined || isGone(this.#places(state))) return undefined;
    const touched = touchedPaths(state);
    const given = new Map(state.input.files.map(({ path, content }) => [path, content]));
    const instead = new Map([...given].filter(([path]) => touched.has(path)));
    const bare = await lookBelow({ ...this.#places(state), base, unread: await this.#unread(state, base), without: new Set(), instead });
    const isOther = bare.changed === undefined || bare.changed.some(({ path }) => touched.has(path) && !given.has(path));
    return isOther ? undefined : bare;
  }

  /**
   * Of the files below those of the run: which are not what they were when it began. Undefined where it does not know any, or where its worktree was removed, which
   * says nothing about what is in its commit.
   */
  async changed(state: RunState): Promise<SeenFile[] | undefined> {
    const base = await this.#base(state);
    if (base === undefined || isGone(this.#places(state))) return undefined;
    return (await lookBelow({ ...this.#places(state), base, without: touchedPaths(state) })).changed;
  }

  async #unread(state: RunState, base: ReadonlyMap<string, BaseFile>): Promise<string[]> {
    const { environment } = this.#options;
    const { project } = this.#places(state);
    return environment === undefined ? [] : unreadFiles({ folder: project, environment }, (path) => base.has(path));
  }

  /** A worktree has what Git knows, and packages are what it ignores. */
  #places({ input }: RunState) {
    const { workspace } = this.#options;
    return { project: projectFolder(workspace, input), packages: workspace, within: workspace };
  }

  async #base(state: RunState): Promise<ReadonlyMap<string, BaseFile> | undefined> {
    return state.input.project === undefined ? undefined : projectBase(state, this.#options.contentOf);
  }
}

function isGone({ project }: { project: string }): boolean {
  return !existsSync(project);
}

function touchedPaths(state: RunState): ReadonlySet<string> {
  return new Set([...standingFiles(state), ...removedFiles(state)].map(({ path }) => path));
}
