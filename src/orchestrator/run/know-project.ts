import { isAbsolute, relative } from 'node:path';
import type { EventData } from '../../events/run-stream-events.ts';
import { chooseFiles } from '../../project/choosing/choose-files.ts';
import type { ChosenFiles } from '../../project/choosing/chosen-files.ts';
import { isInGitWorkTree } from '../../project/choosing/is-in-git.ts';
import { projectBudget } from '../../project/project-budget.ts';
import { type ProjectKnowledge, readProject } from '../../project/read-project.ts';
import { contextAtMost } from '../scheduling/plan-parallel.ts';
import { writtenInOutput } from '../journal/run-folders.ts';
import { projectFolder } from '../project-folder.ts';
import type { RunEnvironment } from '../run-environment.ts';
import type { Workflow } from '../workflow.ts';

/** What a run records of its project. */
export type RunProject = NonNullable<EventData<'run.started'>['input']['project']>;

type Environment = Pick<
  RunEnvironment,
  | 'settings'
  | 'kinds'
  | 'logger'
  | 'signal'
  | 'workspace'
  | 'outputFolder'
  | 'commandEnvironment'
  | 'ownFolder'
  | 'projectCacheFolder'
  | 'onReadingProject'
>;

/**
 * The files of the project that a new run may know of. Undefined: it is to know of none. That is found out before a model is looked for, so that whoever named
 * a wrong file is told at once.
 * @throws MultiagentError of category `usage`, where what was asked for cannot be read; the signal's reason.
 */
export async function chooseProject(
  { settings, workspace, outputFolder, commandEnvironment, projectCacheFolder, signal, onReadingProject }: Environment,
  { project: wanted, worktree }: Pick<Workflow, 'project' | 'worktree'>,
): Promise<ChosenFiles | undefined> {
  if (wanted === undefined) return undefined;
  const git = { environment: commandEnvironment };
  const root = projectFolder(workspace, { worktree });
  if (wanted === 'auto' && (settings.project === 'off' || !(await isInGitWorkTree(root, git)))) return undefined;
  // What the program itself writes: results, and the log with those before it.
  const output = insideOf(root, outputFolder);
  const logs = [settings.log_file, `${settings.log_file}.*`].flatMap((place) => insideOf(root, place) ?? []);
  const written = [...(output === undefined ? [] : writtenInOutput(output)), ...logs];
  const { globs, folders, except = [] } = wanted === 'auto' ? {} : wanted;
  const how = { cacheFolder: projectCacheFolder, signal, onProgress: onReadingProject };
  return chooseFiles({ root, globs, folders, except: [...except, ...written], ...git, ...how });
}

export interface KnowProjectOptions {
  environment: Environment & Pick<RunEnvironment, 'models'>;
  workflow: Workflow;
  chosen: ChosenFiles | undefined;
}

/**
 * Reads what a new run is to know of the project. It depends on the files, the requirement, the settings and the context of the models, and on nothing else.
 * @throws the signal's reason.
 */
export async function knowProject({ environment, workflow, chosen }: KnowProjectOptions): Promise<ProjectKnowledge | undefined> {
  if (chosen === undefined) return undefined;
  const { settings, ownFolder, projectCacheFolder, signal, onReadingProject } = environment;
  return readProject({
    chosen,
    guidance: settings.project === 'off' ? 'not_told' : 'told',
    // Without a requirement a run is about what its steps say.
    requirement:
      workflow.requirement.trim() === ''
        ? workflow.definition.steps.map(({ description }) => description).join('\n\n')
        : workflow.requirement,
    given: workflow.files,
    budget: projectBudget({ contextTokens: contextAtMost({ environment, workflow }), wanted: settings.project_tokens }),
    ownFolder,
    cacheFolder: projectCacheFolder,
    signal,
    onProgress: onReadingProject,
  });
}

/** What is recorded of it. @param base The hash under which the list of its files is kept. */
export function recordedProject(knowledge: ProjectKnowledge, base: string): RunProject {
  const { standing, relevant, base: files, tokens, near, conventions, skills, notes, leftOut } = knowledge;
  return { standing, relevant, base, fileCount: files.length, tokens, near, conventions, skills, notes, leftOut: [...leftOut] };
}

/** Relative to the workspace, with `/`; empty: the workspace itself. Undefined for a place outside it. */
function insideOf(workspace: string, place: string): string | undefined {
  const path = isAbsolute(place) ? relative(workspace, place) : place;
  if (path === '..' || /^\.\.[\\/]/.test(path) || isAbsolute(path)) return undefined;
  return path.replaceAll('\\', '/').replace(/^\.\//, '');
}
