import process from 'node:process';
import { styleText } from 'node:util';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { asStarted } from '../as-started.ts';
import { printable, printableLine } from '../../utils/printable.ts';
import { wrapText } from '../views/text-width.ts';
import { completePath } from '../asking/complete-path.ts';
import { readPastedLines } from './read-pasted-lines.ts';
import { WizardBack, WizardStopped } from './walk-steps.ts';

export interface Choice<Value> {
  name: string;
  value: Value;
  /** Shown below the list while this choice is highlighted. */
  description?: string | undefined;
}

export interface PathQuestion<Value> {
  message: string;
  /** The text that is typed already. */
  typed?: string | undefined;
  /** Choices that are not paths, offered while nothing is typed. */
  others?: Choice<Value>[] | undefined;
  /** What a folder is, if it can be the answer itself. Without it Enter on a folder opens it. */
  whole?: ((folder: string) => string | undefined) | undefined;
}

/** Questions in a terminal. Each rejects with `WizardStopped` on Ctrl-C, and with `WizardBack` on Esc. */
export interface Ask {
  say(text: string): void;
  /** Shows text unwrapped, so that it can be copied. */
  show(text: string): void;
  /** Shows a question that the command line has answered, as it would stand there if it had been asked. */
  answered(message: string, answer: string): void;
  /** Shows what went wrong, so that the question can be asked again. @throws errors that a person cannot correct. */
  tell(error: unknown): void;
  one<Value>(question: { message: string; choices: readonly Choice<Value>[]; preset?: Value | undefined }): Promise<Value>;
  /** `check` says what is wrong with an answer, which can then be corrected in place. */
  line(question: {
    message: string;
    /** The answer of Enter alone. */
    preset?: string | undefined;
    /** The text that is typed already, and can be changed. */
    typed?: string | undefined;
    check?: ((text: string) => string | undefined) | undefined;
  }): Promise<string>;
  consent(question: { message: string; preset: 'yes' | 'no' }): Promise<'yes' | 'no'>;
  path<Value = never>(question: PathQuestion<Value>): Promise<{ path: string } | { other: Value }>;
  /** `text`: what the editor opens with. */
  editor(message: string, text: string): Promise<string>;
  lines(message: string): Promise<string>;
}

export interface AskOptions {
  write: (text: string) => void;
  columns: () => number;
  /** The folder that paths are relative to. */
  directory: string;
  signal: AbortSignal;
}

/** Loads the prompts, which nothing else does. */
export async function createAsk({ write, columns, directory, signal }: AskOptions): Promise<Ask> {
  const prompts = await import('@inquirer/prompts');
  const say = (text: string) => write(`${wrapText(asStarted(printable(text)), columns() - 1).join('\n')}\n`);
  const choicesOf = <Value>(choices: readonly Choice<Value>[]) =>
    choices.map(({ name, value, description }) => ({
      name: printableLine(name),
      value,
      ...(description === undefined ? {} : { description: wrapText(printableLine(description), columns() - 1).join('\n') }),
    }));

  const question = <Answer>(ask: (context: { signal: AbortSignal }) => Promise<Answer>) => stoppable(signal, ask);

  return {
    say,
    answered: (message, answer) =>
      write(`${styleText('green', '✔')} ${styleText('bold', message)} ${styleText('cyan', printableLine(answer))}\n`),
    show: (text) => write(`${asStarted(printable(text))}\n`),
    tell(error) {
      if (!(error instanceof MultiagentError) || error instanceof WizardStopped) throw error;
      say(`! ${error.message}${error.hint === undefined ? '' : `\n  ${error.hint}`}`);
    },
    one: ({ message, choices, preset }) =>
      question((context) =>
        prompts.select(
          {
            message,
            choices: choicesOf(choices),
            loop: false,
            pageSize: 12,
            theme: listTheme,
            ...(preset === undefined ? {} : { default: preset }),
          },
          context,
        ),
      ),
    line: ({ message, preset, typed, check }) =>
      question((context) =>
        prompts.input(
          {
            message,
            theme: lineTheme,
            validate: (text) => check?.(text) ?? true,
            ...(preset === undefined ? {} : { default: preset }),
            ...(typed === undefined ? {} : { default: typed, prefill: 'editable' as const }),
          },
          context,
        ),
      ),
    async consent({ message, preset }) {
      return (await question((context) => prompts.confirm({ message, default: preset === 'yes', theme: lineTheme }, context)))
        ? 'yes'
        : 'no';
    },
    path<Value>({ message, typed, others = [], whole }: PathQuestion<Value>) {
      type Answer = { path: string } | { folder: string } | { other: Value };
      const othersAsAnswers = choicesOf(others).map((choice) => ({ ...choice, value: { other: choice.value } }));
      const options = {
        message,
        theme: listTheme,
        ...(typed === undefined ? {} : { initialValue: printableLine(typed) }),
        source: async (text = '') => [
          ...(text === '' ? othersAsAnswers : []),
          ...(await completePath(text, directory)).map(({ name, value, kind }) => {
            const description = kind === 'folder' ? whole?.(value) : undefined;
            const isAnswer = kind === 'file' || description !== undefined;
            return { name, value: isAnswer ? { path: value } : { folder: value }, ...(description === undefined ? {} : { description }) };
          }),
        ],
        // Enter on another folder opens it.
        validate: (answer: Answer) => !('folder' in answer),
      };
      return question((context) => prompts.search<Answer>(options, context)) as Promise<{ path: string } | { other: Value }>;
    },
    editor: (message, text) => question((context) => prompts.editor({ message, default: text, postfix: '.md', theme: lineTheme }, context)),
    lines(message) {
      say(message);
      return readPastedLines(signal);
    },
  };
}

/** Below a list of choices its keys are shown; a line has space only for one, after its question. */
const listTheme = {
  style: {
    keysHelpTip: (keys: [key: string, action: string][]) =>
      [...keys, ['esc', 'back']]
        .map(([key = '', action = '']) => `${styleText('bold', key)} ${styleText('dim', action)}`)
        .join(styleText('dim', ' • ')),
  },
};

const lineTheme = {
  style: {
    message: (text: string, status: string) => `${styleText('bold', text)}${status === 'idle' ? styleText('dim', ' (Esc: back)') : ''}`,
  },
};

/** Ctrl-C rejects a prompt; here Esc does, too. Ctrl-D on an empty line only closes the line editor, and the prompt would then wait for ever. */
async function stoppable<Answer>(signal: AbortSignal, ask: (context: { signal: AbortSignal }) => Promise<Answer>): Promise<Answer> {
  const closed = new AbortController();
  const back = new AbortController();
  const onKey = (_text: string | undefined, key: { ctrl?: boolean; name?: string }) => {
    if (key.name === 'escape') back.abort();
    if (!key.ctrl || key.name !== 'd') return;
    setImmediate(() => {
      if (!process.stdin.isRaw) closed.abort();
    });
  };
  process.stdin.on('keypress', onKey);
  try {
    return await ask({ signal: AbortSignal.any([signal, closed.signal, back.signal]) });
  } catch (error) {
    if (back.signal.aborted && !signal.aborted) throw new WizardBack(error);
    if (error instanceof Error && /^(Exit|Abort)PromptError$/u.test(error.name)) throw new WizardStopped(error);
    throw error;
  } finally {
    process.stdin.off('keypress', onKey);
  }
}
