import type { RoleCatalogue } from '../../agents/role-catalogue.ts';
import { showsTurns } from '../../llm/profile/prompt-layout.ts';
import type { RunState, TaskRecord } from '../../state/run/run-state.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import type { WorkflowStep } from '../../workflows/workflow-schema.ts';
import { standingWork } from '../artifacts/standing-files.ts';
import { pinLine, pinsOf } from './pins-of.ts';
import { digestTaskType, turnTaskType, whoAnswers } from './session-workflow.ts';
import { wordsOfTurn } from './words-of-turn.ts';

const request = [
  'What was said until here is taken away, and what you reply now stands in its place: nobody who goes on sees more of it than your words.',
  'Write down what they have to know: what the person wants and has decided, what was found out and where it stands, what was changed and why, what failed, and what is still open.',
  'Name files, functions and values as they are. Repeat no code, no greetings and nothing that is settled. At most about 40 lines of plain text, without files.',
].join(' ');

/** The newest turns, whose words stand in the message itself: a poor digest loses less. */
const mostTurns = 3;
const mostFiles = 100;

/**
 * The step in which an agent writes a digest of a session, for what comes after it. Its message holds what is certain: the newest words, the files that were written, and
 * what the person has pinned.
 * @param shown What it sees of what is done. @throws MultiagentError `session.nothing_to_shorten`.
 */
export function digestStep(
  state: RunState,
  done: readonly TaskRecord[],
  { shown, roles }: { shown: readonly TaskRecord[] | undefined; roles: Pick<RoleCatalogue, 'whoDoes'> },
): WorkflowStep {
  const turns = (shown ?? done).filter(({ taskType }) => taskType === turnTaskType);
  if (!showsTurns(state.transcript.layout)) throw nothing('this model is told the newest words of a conversation only.');
  const last = turns.at(-1);
  if (last === undefined) throw nothing(shown === undefined ? 'nothing was said yet.' : 'nothing was said since it was shortened.');
  const files = standingWork(state).map(({ path }) => path);
  const more = files.length > mostFiles ? [`- and ${files.length - mostFiles} more`] : [];
  const pins = pinsOf(state);
  const certain = [
    ...(files.length === 0
      ? []
      : ['Files that were written in this conversation:', ...files.slice(0, mostFiles).map(pinLine), ...more, '']),
    ...(pins.length === 0 ? [] : ['The person wants this to be kept in mind:', ...pins.map(pinLine), '']),
    'The newest words:',
    ...turns.slice(-mostTurns).map((turn) => wordsOfTurn(turn, state)),
  ];
  return {
    id: `digest_${done.filter(({ taskType }) => taskType === turnTaskType).length}`,
    kind: 'agent',
    role: whoAnswers(roles, last.role),
    task_type: digestTaskType,
    description: request,
    instructions: certain.join('\n'),
    depends_on: [],
    expects: 'text',
    priority: 1,
  };
}

function nothing(why: string): MultiagentError {
  return new MultiagentError({ category: 'usage', code: 'session.nothing_to_shorten', message: `There is nothing to shorten: ${why}` });
}
