import { unwrapText } from '../../files/unwrap-text.ts';
import { keepFile } from '../conversation/keep-file.ts';
import { TaskConversation } from '../conversation/task-conversation.ts';
import { systemMessage } from '../conversation/task-transcript.ts';
import { proveWork } from '../conversing/prove-work.ts';
import { settleConversation } from '../conversing/settle-conversation.ts';
import { reworkMessage } from '../decisions/rework-message.ts';
import { reworkOptions, type ReworkOptions } from '../decisions/rework-options.ts';
import { materialOfRun } from '../material-of-run.ts';
import { repairersOf } from '../repair/repairers-of.ts';
import { repairWork } from '../repair/repair-work.ts';
import type { BuiltInStepKind, StepCall, StepOptions } from '../step-kind.ts';
import type { TaskOutcome } from '../task-executor.ts';
import { showBefore } from '../showing/show-before.ts';
import { toldOfProject } from '../showing/told-of-project.ts';
import { outcomeOfWork } from './outcome-of-work.ts';
import { toldTask } from './told-task.ts';

type Call = StepCall<ReworkOptions> & StepOptions;

/** The author of what a person has rejected changes it. A reply that changes nothing is no failure: the person is asked again and sees it. */
export const reworkStep: BuiltInStepKind<typeof reworkOptions> = {
  name: 'rework',
  joinsRunsOnly: true,
  options: reworkOptions,
  // A person's words.
  filledAs: 'nothing',
  needs: ({ role, expects }) => ({ model: true, role, expects }),
  async execute(step) {
    const { state, task, woken, options } = step;
    const question = state.tasks.get(task.parent ?? '')?.question;
    if (question?.sequence !== options.asked || question.decided?.decision !== 'rejected')
      return { status: 'completed', because: 'Something else is asked by now.' };
    if (woken?.by === 'tasks') return outcomeOfWork(step, () => afterRepair(step));
    return outcomeOfWork(step, () => (options.expects === 'files' ? reworkFiles(step) : reworkText(step)));
  },
};

async function afterRepair(step: Call): Promise<TaskOutcome> {
  await proveWork(step);
  return repairWork(step, { status: 'completed', turn: step.task.said }, repairersOf(step));
}

async function begin(step: Call) {
  const { run, task, assignment } = step;
  const agent = run.agentOf(task.role);
  const conversation = new TaskConversation({ run, role: run.modelOf(task), system: systemMessage(run, task), assignment });
  const material = await materialOfRun(run, task.task);
  showBefore({ step, conversation, material, asking: step.options.expects === 'files' ? 'may_ask' : 'cannot_ask' });
  const told = await toldOfProject(step, toldTask(step, reworkMessage(step.options)));
  return { conversation, material, begin: () => agent.runTask(told, conversation) };
}

async function reworkFiles(step: Call): Promise<TaskOutcome> {
  const { conversation, ...asking } = await begin(step);
  const outcome = await settleConversation({ step, conversation, ...asking });
  if (outcome.status === 'completed') return repairWork(step, outcome, repairersOf(step));
  const isUnchanged = outcome.status === 'failed' && outcome.error.code.startsWith('reply.') && !step.task.changedFiles;
  return isUnchanged ? unchanged(conversation) : outcome;
}

/** The text stays under its own name, as a new version. */
async function reworkText(step: Call): Promise<TaskOutcome> {
  const { conversation, begin: asking } = await begin(step);
  const reply = await asking();
  const text = unwrapText(reply.text).trim();
  const [path] = step.options.paths;
  if (text === '' || path === undefined) return unchanged(conversation);
  await keepFile(step, { path, content: `${text}\n`, format: 'reply', range: [0, reply.text.length], starts: 'from what stands' });
  return { status: 'completed', turn: conversation.turn };
}

function unchanged({ turn }: TaskConversation): TaskOutcome {
  return { status: 'completed', turn, because: 'The reply changes no file.' };
}
