import type { AgentReply } from '../../agents/task-session.ts';
import { shownName } from '../../utils/printable.ts';
import type { Finding } from '../../agents/loop/finding.ts';
import type { StepOptions } from '../step-kind.ts';
import { askedPaths } from './asked-paths.ts';
import { hidesFiles } from './hidden-files.ts';
import { whatToAskFor } from './project-of-run.ts';

/** A text that says more than this beside what it asks for is a result. */
const mostWords = 400;

/** The finding for a reply that asks for files instead of doing the step. Undefined: it does not ask, or the run has nothing to ask for. */
export async function questionIn({ run, task }: StepOptions, { text, finishReason }: AgentReply): Promise<Finding | undefined> {
  if (finishReason !== 'stop' || !text.includes('READ')) return undefined;
  if ((await whatToAskFor(run)).size === 0 && !hidesFiles(run, task.task)) return undefined;
  const { paths, rest } = askedPaths(text);
  if (paths.length === 0) return undefined;
  const saysEnough = (task.expects === 'text' || task.orText === true) && rest.trim().length > mostWords;
  const isResult = saysEnough || (task.expects === 'files' && run.files.parseCodeBlocks(rest).length > 0);
  if (isResult) return undefined;
  return {
    code: 'reply.asks',
    message: `the reply only asks for files (${paths.slice(0, 10).map(shownName).join(', ')})`,
    remedy: 'show',
    paths,
    correction: 'No more files can be shown in this step. Do the step now with what you have seen.',
    hint: 'Name the files that matter in the requirement, or give them with --file; a larger context (-c) has room for more of them at once.',
  };
}
