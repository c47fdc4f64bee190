import { demandedPaths } from '../../agents/plans/file-purpose.ts';
import type { ErrorRecord, RunState } from '../../state/run/run-state.ts';
import { nearOfProject } from '../artifacts/project-base.ts';
import { standingFiles } from '../artifacts/standing-files.ts';

/**
 * What the requirement names and the run does not have: files that are missing or empty, or that do not parse. Every task may have ended well and the run
 * still lack them; then it has not done what it was for. Undefined where nothing is lacking. Only the files of the workflow's own steps are looked for.
 */
export function unmetDemands(state: RunState): ErrorRecord | undefined {
  const tasks = [...state.tasks.values()];
  const writingSteps = tasks.filter(({ expects, orText }) => expects === 'files' && orText !== true).map(({ taskType }) => taskType);
  const { requirement, files: projectFiles, project } = state.input;
  const near = nearOfProject(project);
  const due = new Set(writingSteps.flatMap((taskType) => demandedPaths(taskType, { requirement, projectFiles, near, writingSteps })));
  const standing = new Map(standingFiles(state).map((file) => [file.path, file.sha256]));
  const lacking = [...due].flatMap((path) => {
    const sha256 = standing.get(path);
    const version = state.artifacts.findLast((artifact) => artifact.path === path && artifact.sha256 === sha256);
    if (version === undefined) return [`${path} is missing`];
    if (version.bytes === 0) return [`${path} is empty`];
    return (version.check?.found ?? 0) > 0 ? [`${path} does not parse`] : [];
  });
  if (lacking.length === 0) return undefined;
  return {
    code: 'run.demands_unmet',
    message: `The team did not manage what the requirement names: ${lacking.join(', ')}.`,
    hint: `"multiagent retry ${state.run} <task>" does a task again; a larger model may manage what this one does not.`,
  };
}
