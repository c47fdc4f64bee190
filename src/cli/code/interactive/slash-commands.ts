import type { Usage } from '../../../events/usage.ts';
import { usageError } from '../../usage-error.ts';
import { nearestName } from '../../../utils/nearest-name.ts';
import { printableLine } from '../../../utils/printable.ts';
import { shortenedSentence, undoneSentence } from '../session-sentences.ts';
import type { CodeSession } from '../code-session.ts';

/** What commands of a conversation work with. */
export interface SlashContext {
  session: CodeSession;
  /** Shows text, which stays. */
  say: (text: string) => void;
  showProposals: () => Promise<void>;
  /** Takes a turn; undefined: goes on with the one that was cut off. */
  take: (message: string | undefined) => Promise<void>;
  /** Work that the person can interrupt. */
  interruptible: <Result>(work: (signal: AbortSignal) => Promise<Result>) => Promise<Result>;
  /** Who answers, and where, in lines. */
  mode: () => Promise<string[]>;
  /** What can be called, in lines. */
  tools: (signal: AbortSignal) => Promise<string[]>;
}

interface SlashCommand {
  /** What may stand behind it, for people. */
  takes?: string;
  help: string;
  run: (context: SlashContext, rest: string) => Promise<'end' | void> | 'end' | void;
}

const commands: Readonly<Record<string, SlashCommand>> = {
  help: { help: 'show this list', run: ({ say }) => say(helpText()) },
  diff: { help: 'show what was written and is not in the project', run: ({ showProposals }) => showProposals() },
  apply: {
    help: 'write that into the project',
    async run({ session, say }) {
      const open = await session.proposals();
      if (open === undefined || open.plan.changes.length === 0) return say('There is nothing to write.');
      await session.apply(open);
      say(`Wrote ${open.plan.changes.map(({ path }) => printableLine(path)).join(', ')}.`);
    },
  },
  undo: {
    help: 'take the newest turn back: what was said, its files, and what it changed in the project; again: the one before',
    async run({ session, say }) {
      say(undoneSentence(await session.undo()));
    },
  },
  continue: { help: 'go on with a turn that was interrupted', run: ({ take }) => take(undefined) },
  compact: {
    help: 'have what was said until now told in short from the next turn on; /undo takes that back',
    async run({ session, interruptible, say }) {
      say(shortenedSentence(await interruptible((signal) => session.shorten(signal)), 'person'));
    },
  },
  pin: {
    takes: '<fact>',
    help: 'have something kept in mind, whatever is told in short; /unpin <number> takes it out',
    async run({ session, say }, rest) {
      await session.pin([...(await session.pins()), rest]);
      say('It is told with your next message.');
    },
  },
  unpin: {
    takes: '<number>',
    help: 'no longer tell a fact of /pins',
    async run({ session, say }, rest) {
      const pins = await session.pins();
      const number = numberIn(rest, '/unpin 1');
      if (pins[number - 1] === undefined) throw usageError(`There is no fact ${number}.`, '/pins lists them.');
      await session.pin(pins.toSpliced(number - 1, 1));
      say('It is told no more, once what was said is told in short.');
    },
  },
  pins: {
    help: 'list what is to be kept in mind',
    async run({ session, say }) {
      const pins = await session.pins();
      say(
        pins.length === 0
          ? 'Nothing is pinned. For example: /pin The API must stay compatible.'
          : pins.map((fact, index) => `${index + 1}. ${fact}`).join('\n'),
      );
    },
  },
  fork: {
    takes: '[turn]',
    help: 'go on in a session of its own, as it was after a turn (without one: after the newest)',
    async run({ session, say }, rest) {
      await session.fork(rest === '' ? undefined : numberIn(rest, '/fork 3'));
      say('The next message begins a session of its own; the other one stays as it is.');
    },
  },
  team: {
    takes: '<workflow>',
    help: 'let the team work on what was said, by a workflow such as feature-development',
    async run({ session, interruptible, showProposals, say }, rest) {
      if (rest === '') throw usageError('No workflow is named.', 'For example: /team feature-development');
      const { status, workflow_id: run } = await interruptible((signal) => session.team(rest, signal));
      say(`The run ${run} is ${status}. What you say next builds on it.`);
      await showProposals();
    },
  },
  model: {
    takes: '<name>',
    help: 'let another model answer from the next turn on',
    run({ session, say }, rest) {
      if (rest === '') throw usageError('No model is named.', '/mode says which one answers now.');
      session.useModel(rest);
      say(`From the next turn on ${printableLine(rest)} answers.`);
    },
  },
  mode: { help: 'show who answers, and where', run: async ({ mode, say }) => say((await mode()).join('\n')) },
  tools: {
    help: 'show what the agent can call, and what it asks before',
    run: async ({ tools, interruptible, say }) => say((await interruptible(tools)).join('\n')),
  },
  cost: { help: 'show the tokens of this session', run: async ({ session, say }) => say(costLine(await session.usage())) },
  exit: { help: 'leave; "multiagent code --continue" goes on later', run: () => 'end' },
};

/** The names of the commands, each with its slash. */
export const slashNames: readonly string[] = Object.keys(commands).map((name) => `/${name}`);

/** Runs what was typed behind a slash. @throws MultiagentError `usage`; what the command throws. */
export async function runSlashCommand(text: string, context: SlashContext): Promise<'end' | void> {
  const [, name = '', rest = ''] = /^\/(\S*)\s*([\s\S]*)$/.exec(text) ?? [];
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command !== undefined) return command.run(context, rest.trim());
  const near = nearestName(`/${name}`, slashNames);
  throw usageError(
    `There is no /${printableLine(name)}.`,
    `${near === undefined ? '' : `Did you mean ${near}? `}/help lists what there is.`,
  );
}

function helpText(): string {
  const rows = Object.entries(commands).map(
    ([name, { takes, help }]) => [`/${name}${takes === undefined ? '' : ` ${takes}`}`, help] as const,
  );
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    ...rows.map(([name, help]) => `${name.padEnd(width)}  ${help}`),
    '',
    'Esc or Ctrl-C interrupts a turn; what is typed meanwhile waits for its end. @ and Tab complete the name of a file.',
  ].join('\n');
}

function numberIn(text: string, example: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw usageError(`"${printableLine(text)}" is no number.`, `For example: ${example}`);
}

function costLine({ readTokens, cachedTokens, replyTokens }: Usage): string {
  return `${readTokens ?? 'an unknown number of'} tokens read, ${cachedTokens ?? 'an unknown number'} from the cache, ${replyTokens ?? 'an unknown number'} written`;
}
