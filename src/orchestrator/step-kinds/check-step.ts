import { z } from 'zod';
import { askForJson } from '../json-replies/ask-for-json.ts';
import { shapeOf } from '../json-replies/json-shape.ts';
import { keepText } from '../conversation/keep-text.ts';
import { TaskConversation } from '../conversation/task-conversation.ts';
import { systemMessage } from '../conversation/task-transcript.ts';
import { showsTurns } from '../../llm/profile/prompt-layout.ts';
import { showBefore } from '../showing/show-before.ts';
import { materialOfRun } from '../material-of-run.ts';
import { failureSentences } from '../proof/failure-sentences.ts';
import { proofOfRun } from '../proof/proof-of-run.ts';
import { brokenFindings } from '../verdicts/broken-findings.ts';
import { checkMessage } from '../verdicts/check-message.ts';
import { criteriaForm, verdictOfForm } from '../verdicts/criteria-form.ts';
import { settleVerdict } from '../verdicts/settle-verdict.ts';
import { findingLine, type Verdict, verdictSchema } from '../verdict.ts';
import { subjectOfCheck } from '../verdicts/subject-of-check.ts';
import { snakeCase } from '../../workflows/names.ts';
import type { BuiltInStepKind, StepOptions } from '../step-kind.ts';
import { outcomeOfWork } from './outcome-of-work.ts';
import { toldTask } from './told-task.ts';

const options = z.object({
  /** Who judges. */
  role: snakeCase,
  /** What has to hold, each a sentence. */
  criteria: z.array(z.string().trim().min(1).max(500)).min(1).max(20),
  /** One of the models of the settings. */
  model: z.string().trim().min(1).max(200).optional(),
});

/**
 * A role judges what the steps that it depends on have written, by stated criteria. The verdict and its findings are outputs; whatever the judge says, work whose
 * checks really ran and fail is not approved. A verdict is a result: the step itself fails only where there is none.
 */
export const checkStep: BuiltInStepKind<typeof options> = {
  name: 'check',
  options,
  describe: ({ criteria }) => `Judge whether this holds: ${criteria.join('; ')}`,
  needs: ({ role }) => ({ model: true, role, expects: 'text' }),
  async execute(step) {
    const {
      run,
      task,
      assignment,
      state,
      options: { criteria },
    } = step;
    const agent = run.agentOf(task.role);
    const role = run.modelOf(task);
    const conversation = new TaskConversation({ run, role, system: systemMessage(run, task), assignment });
    return outcomeOfWork(step, async () => {
      const material = await materialOfRun(run, task.task);
      // In the other layouts the message itself shows what it judges.
      if (!showsTurns(role.style.layout)) showBefore({ step, conversation, material, asking: 'cannot_ask' });
      const proof = proofOfRun(state);
      const broken = brokenFindings(state);
      const subject = subjectOfCheck(run, task, material);
      const { length } = role.style;
      const description = checkMessage({
        ...subject,
        description: task.description,
        criteria,
        length,
        ran: [...broken.map(({ file, line, text }) => `${file}, line ${line}: ${text}`), ...proof.sentences],
        fails: broken.length > 0 || proof.outcome === 'failed',
      });
      const form = length === 'plain' ? criteriaForm(criteria) : undefined;
      const told = (schema: Record<string, unknown>) => ({ ...toldTask(step, description), expects: 'text' as const, schema });
      const ask = <Value>(shape: ReturnType<typeof shapeOf<z.ZodType<Value>>>) =>
        askForJson({ step, conversation, shape, begin: () => agent.runTask(told(shape.schema), conversation) });
      const given: Verdict = form === undefined ? await ask(shapeOf(verdictSchema)) : verdictOfForm(criteria, await ask(shapeOf(form)));
      const failing = failureSentences(state, proof);
      const verdict = settleVerdict(given, { files: material.files.map(({ path }) => path), failing, broken });
      await keepVerdict(step, verdict);
      return { status: 'completed', turn: conversation.turn, outputs: { verdict: verdict.verdict, json: verdict } };
    });
  },
};

/** For people to read. */
async function keepVerdict(step: StepOptions, { verdict, findings }: Verdict): Promise<void> {
  const lines = findings.map((finding) => `- ${findingLine(finding)}`);
  const title = verdict === 'approved' ? '# Approved' : '# Needs work';
  await keepText(step, `${[title, ...(lines.length > 0 ? [lines.join('\n')] : [])].join('\n\n')}\n`);
}
