import type { AgentReply } from '../../agents/task-session.ts';
import { showsTurns } from '../../llm/profile/prompt-layout.ts';
import { checkWrittenFiles } from '../conversing/check-written-files.ts';
import { keepReply, type KeptReply } from '../conversation/keep-reply.ts';
import { TaskConversation } from '../conversation/task-conversation.ts';
import { systemMessage } from '../conversation/task-transcript.ts';
import { followSteps } from '../../agents/loop/follow-steps.ts';
import type { Tried } from '../../agents/loop/next-step.ts';
import { unseenFiles } from '../judging/reply/unseen-files.ts';
import { oneRepair } from '../../agents/loop/turn-bounds.ts';
import { materialOfRun } from '../material-of-run.ts';
import { mayRepair, repairedAs } from '../repair/may-repair.ts';
import { repairOptions } from '../repair/repair-options.ts';
import { repairMessage } from '../repair/repair-message.ts';
import { seedFor } from '../assignments/seed-for.ts';
import { firstAskedOf } from '../repair/first-asked-of.ts';
import { questionIn } from '../showing/question-in.ts';
import { filesUnseenBy } from '../showing/seen-files.ts';
import { showBefore } from '../showing/show-before.ts';
import { showAndGoOn } from '../showing/show-and-go-on.ts';
import type { BuiltInStepKind, StepOptions } from '../step-kind.ts';
import { outcomeOfWork } from './outcome-of-work.ts';
import { toldTask } from './told-task.ts';

/** From here on another seed is enough for another reply. */
const warmEnough = 0.5;

/** What makes an attempt another one than the first. */
function otherSampling({ run, task }: StepOptions, activity: string): { temperature: number; seed: number } {
  const { temperature = 0, seed: given } = run.modelOf(task).limitsOf(task).sampling;
  return { temperature: Math.max(temperature, warmEnough), seed: seedFor({ run: run.run, activity, given, attempt: attemptOf(task) }) };
}

/** The second, third … time that the programs are written. */
function attemptOf({ task }: StepOptions['task']): number {
  return 1 + Number(/\d{1,9}$/.exec(task)?.[0] ?? 1);
}

/** Tests are shown beside their failure up to this many characters. */
const mostTests = 12_000;

/**
 * An agent repairs programs whose tests fail, writes them anew from what it was first told, or says whether it is the tests that are wrong. It changes only what it was asked to repair; a reply that changes
 * nothing is no failure: whoever asked runs the tests again and decides.
 */
export const repairStep: BuiltInStepKind<typeof repairOptions> = {
  name: 'repair',
  joinsRunsOnly: true,
  options: repairOptions,
  // What a program has printed.
  filledAs: 'nothing',
  needs: ({ role }) => ({ model: true, role, expects: 'files' }),
  async execute(step) {
    const { run, task, assignment, options: asked } = step;
    const agent = run.agentOf(task.role);
    const role = run.modelOf(task);
    const source = asked.anew === undefined ? undefined : run.journal.state.tasks.get(asked.anew);
    const first = source && firstAskedOf(source);
    const conversation = new TaskConversation({ run, role, system: systemMessage(run, source ?? task), assignment, turns: first?.turns });
    const ask = async () => {
      if (first !== undefined) return conversation.ask(first.message, { sampling: otherSampling(step, conversation.next) });
      const material = await materialOfRun(run, task.task);
      showBefore({ step, conversation, material, asking: 'may_ask' });
      // In the other layouts what stands is shown already.
      const tests = showsTurns(role.style.layout) ? material.files.filter(({ path }) => repairedAs(path) === 'tests') : [];
      const isShort = tests.reduce((total, { content }) => total + content.length, 0) <= mostTests;
      const told = toldTask(step, repairMessage({ ...asked, tests: isShort ? tests : [] }));
      return agent.runTask(told, conversation);
    };
    return outcomeOfWork(step, async () => {
      const settle = async (by: Tried['by'], reply: AgentReply) => {
        const question = await questionIn(step, reply);
        if (question !== undefined) return { by, findings: [question], written: [], refused: [] };
        const { isUnseen, told } = await filesUnseenBy(step, conversation.last ?? '');
        const kept = await keepReply(step, reply, { mayChange: (path) => mayRepair(asked.of, path), isUnseen });
        return { by, findings: await unseenFiles({ kept, told }), written: kept.written, refused: kept.refused };
      };
      const { tried } = await followSteps<Tried & Pick<KeptReply, 'written' | 'refused'>>({
        bounds: oneRepair,
        begin: async () => settle('first', await ask()),
        act: async (next) => {
          if (next.kind !== 'show') throw new TypeError(`A repair has no step ${next.kind}.`);
          return settle(next.kind, await showAndGoOn({ step, conversation, finding: next.finding }));
        },
      });
      await checkWrittenFiles(step);
      const changed = tried.some(({ written }) => written.length > 0);
      const [refused] = tried.flatMap((one) => one.refused);
      return {
        status: 'completed',
        turn: conversation.turn,
        outputs: { of: asked.of, changed },
        ...(changed ? {} : { because: `The reply changes no file${refused === undefined ? '' : ` (${refused})`}.` }),
      };
    });
  },
};
