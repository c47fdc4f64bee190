import { isQuestion } from '../../agents/is-question.ts';
import type { Assignment } from '../../agents/plans/assignment.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { describeError } from '../../utils/describe-error.ts';
import { checkWrittenFiles } from '../conversing/check-written-files.ts';
import { turnOfExchange } from '../conversation/task-conversation.ts';
import { keepText } from '../conversation/keep-text.ts';
import type { TaskOutcome } from '../task-executor.ts';
import { proveWork } from '../conversing/prove-work.ts';
import { answerChoice } from './answer-choice.ts';
import type { AssignmentOptions } from './assignment-options.ts';
import { materialOfRun } from '../material-of-run.ts';
import { writeFileAssignment } from './write-file-assignment.ts';
import { writeTextAssignment } from './write-text-assignment.ts';

/** What one assignment lacks, while the others go on. */
const notManaged: ReadonlySet<string> = new Set(['reply.no_files', 'reply.unchanged', 'reply.empty', 'project.not_shown']);

/**
 * Carries out the assignments of a task one after the other. If the model fails at a file, the task fails after the others have been tried; what exists
 * is kept.
 */
export async function carryOut(options: AssignmentOptions, assignments: readonly Assignment[]): Promise<TaskOutcome> {
  const { step } = options;
  const open = [...assignments];
  const failures: MultiagentError[] = [];
  let asked: string | undefined;
  let replied: string | undefined;
  let answered: string | undefined;
  let because: string | undefined;
  for (let assignment = open.shift(); assignment !== undefined; assignment = open.shift()) {
    const material = await materialOfRun(step.run, step.task.task);
    try {
      switch (assignment.kind) {
        case 'decided':
          if (step.task.expects === 'text') await keepText(step, assignment.text);
          else because = assignment.text;
          break;
        case 'choice':
          open.unshift(...options.agent.planChosen(options.task, material, await answerChoice(options, assignment)));
          break;
        case 'text':
          ({ activity: replied } = await writeTextAssignment(options, assignment, material));
          asked ??= replied;
          break;
        case 'file': {
          const due = open.flatMap((next) => (next.kind === 'file' ? [next.path] : []));
          const { activity, gives } = await writeFileAssignment(options, assignment, { material, due });
          if (gives === 'words') {
            answered ??= activity;
            // What is asked of one file is not asked of the others. A change may still be one of theirs.
            if (isQuestion(options.task.description)) open.length = 0;
            break;
          }
          replied = activity;
          asked ??= replied;
        }
      }
    } catch (error) {
      if (!(error instanceof MultiagentError && notManaged.has(error.code))) throw error;
      failures.push(error);
    }
  }
  await checkWrittenFiles(step);
  await proveWork(step);
  // If several files may have to change, one that needs no change is not a failure.
  const [first] = (replied ?? answered) === undefined ? failures : failures.filter(({ code }) => code !== 'reply.unchanged');
  if (first !== undefined) {
    const message = failures.map((failure) => failure.message).join(' ');
    return { status: 'failed', error: { ...describeError(first), message }, again: 'never' };
  }
  if (answered !== undefined && replied === undefined) return { status: 'completed', turn: turnOfExchange(answered, answered) };
  if (asked === undefined || replied === undefined) return { status: 'completed', because };
  return { status: 'completed', turn: turnOfExchange(asked, replied) };
}
