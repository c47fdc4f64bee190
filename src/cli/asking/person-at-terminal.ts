import process from 'node:process';
import { ownName } from './own-name.ts';
import type { AskedPerson, AskPerson } from '../../orchestrator/decisions/person-desk.ts';
import { answerWords, readAnswer } from '../../orchestrator/decisions/read-answer.ts';
import { printable, printableLine } from '../../utils/printable.ts';
import type { RunOptions } from '../run-options.ts';
import { askedLines, diffLines } from '../views/asked-lines.ts';
import type { View } from '../views/view.ts';
import { writeFolded } from '../write-folded.ts';

/** Whether somebody is there who can be asked: at a terminal, and not with an option by which a program or nobody reads. */
export function isPersonThere({ json, quiet }: Pick<RunOptions, 'json' | 'quiet'>): boolean {
  const { stdin, stdout, env } = process;
  return stdin.isTTY && stdout.isTTY && !json && !quiet && env['TERM'] !== 'dumb' && !env['CI'];
}

type Prompts = typeof import('@inquirer/prompts');
type Said = Awaited<ReturnType<AskPerson>>;
type Context = { signal: AbortSignal };

/** Asks in the terminal. What is shown of the run meanwhile waits until the answer. Ctrl-C stops the run, as always. */
export function personAtTerminal(view: View | undefined): AskPerson {
  return async (asked, signal) => {
    const prompts = await import('@inquirer/prompts');
    view?.hold?.();
    try {
      tell(asked);
      const said = await (asked.question.wants === 'answer' ? askAnswer : askApproval)(prompts, asked, { signal });
      return said === 'later' ? said : { ...said, by: ownName() };
    } catch (error) {
      if (!(error instanceof Error && error.name === 'ExitPromptError')) throw error;
      process.emit('SIGINT', 'SIGINT');
      return 'later';
    } finally {
      view?.release?.();
    }
  };
}

function tell({ task, question, problem }: AskedPerson): void {
  const lines = [
    '',
    ...(problem === undefined ? [] : [`! ${printableLine(problem)}`]),
    ...askedLines({ task, ...question }, 'whole').map((line) => printableLine(`${task} ${line}`)),
  ];
  writeFolded(`${lines.join('\n')}\n`);
}

async function askApproval(prompts: Prompts, { run, question }: AskedPerson, context: Context): Promise<Said> {
  const diff = diffLines(question, run);
  for (;;) {
    const choice = await prompts.select(
      {
        message: 'Your decision:',
        loop: false,
        choices: [
          { name: 'Approve', value: 'approve' as const },
          { name: question.onReject === 'fail' ? 'Reject: the step fails' : 'Reject, and say what to change', value: 'reject' as const },
          ...(diff.length === 0 ? [] : [{ name: 'Show what has changed', value: 'show' as const }]),
          { name: 'Decide later', value: 'later' as const },
        ],
      },
      context,
    );
    if (choice === 'show') process.stdout.write(`\n${diff.join('\n')}\n\n`);
    if (choice === 'later') return 'later';
    if (choice === 'approve') return { decision: 'approved' };
    if (choice === 'reject') {
      const isNeeded = question.onReject !== 'fail';
      const validate = (text: string) => (isNeeded && text.trim() === '' ? 'Without this nobody knows what to change.' : true);
      const message = isNeeded ? 'What is to change?' : 'Why? (may be left empty)';
      return { decision: 'rejected', comment: await prompts.input({ message, validate }, context) };
    }
  }
}

async function askAnswer(prompts: Prompts, { question }: AskedPerson, context: Context): Promise<Said> {
  const { answer: type = 'text', default: preset } = question;
  const message = 'Your answer:';
  const later = { name: 'Decide later', value: 'later' };
  if (typeof type === 'object' || type === 'boolean') {
    const answers = typeof type === 'object' ? type.choice : ['yes', 'no'];
    // An answer may be called as whatever else can be chosen.
    const choices = [...answers.map((name, index) => ({ name: printableLine(name), value: `${index}` })), later];
    const word = preset === undefined ? -1 : answers.indexOf(preset === true ? 'yes' : preset === false ? 'no' : String(preset));
    const chosen = await prompts.select({ message, choices, loop: false, ...(word < 0 ? {} : { default: `${word}` }) }, context);
    return chosen === 'later' ? 'later' : { decision: 'answered', answer: answers[Number(chosen)] ?? '' };
  }
  const first = await prompts.select({ message, loop: false, choices: [{ name: 'Answer', value: 'answer' }, later] }, context);
  if (first === 'later') return 'later';
  const validate = (text: string) => (readAnswer(text, type) === undefined ? `Give ${answerWords(type)}.` : true);
  const given = preset === undefined ? {} : { default: printable(String(preset)) };
  return { decision: 'answered', answer: await prompts.input({ message: 'Answer:', validate, ...given }, context) };
}
