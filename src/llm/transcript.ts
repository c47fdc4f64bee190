import type { ContentPart, TurnMessage } from '../events/content-part.ts';
import type { ChatMessage } from './chat-model.ts';
import { textMessage } from './chat/chat-message-text.ts';

/** What a task adds to the conversation for those who come after. */
export interface Turn {
  task: string;
  /**
   * From a message of the user to one of the assistant, in turn; without requirement and project files, which stand before whichever turn is first. Usually
   * two: what was asked first, and the reply that counts.
   */
  messages: TurnMessage[];
}

export interface ShownTurn {
  /** Stands for everything that was answered. */
  digest?: string | undefined;
  /** Whether the model is to see again what it thought. */
  reasoning: 'keep' | 'leave_out';
}

/** What is shown of the messages of a turn. */
export function shownTurn(task: string, messages: readonly TurnMessage[], { digest, reasoning }: ShownTurn): Turn {
  const asked = messages.slice(0, 1);
  if (digest !== undefined) return { task, messages: [...asked, textMessage('assistant', digest)] };
  if (reasoning === 'keep') return { task, messages: [...messages] };
  return { task, messages: messages.map(({ role, content }) => ({ role, content: content.filter(({ type }) => type !== 'reasoning') })) };
}

export interface TranscriptInput {
  requirement: string;
  files: { path: string; content: string }[];
}

export interface TranscriptOptions {
  /** The system message: the team's constant preamble, in the per-role layout the role's section. Empty: there is none. */
  system: string;
  input: TranscriptInput;
  turns: Turn[];
  /** The task's own message. */
  message: string;
  /** The beginning of the reply, where one is continued. */
  saved?: string | undefined;
}

/**
 * The messages of one model call. What stands in front stays byte-identical from call to call, because the server keeps what it has read only as far
 * as the beginning is the same: a constant system message, then the input, then the turns as they were, then what is new.
 */
export function renderTranscript({ system, input, turns, message, saved }: TranscriptOptions): ChatMessage[] {
  const [first, ...others] = [...turns.flatMap(({ messages }) => messages), textMessage('user', message)];
  const begun = saved === undefined || saved === '' ? [] : [textMessage('assistant', saved)];
  const beginning = renderInput(input, system === '' ? 'bare' : 'headed');
  return [
    ...(system === '' ? [] : [textMessage('system', system)]),
    ...(first === undefined ? [] : [{ ...first, content: withTextBefore(first.content, beginning) }]),
    ...others,
    ...begun,
  ];
}

function withTextBefore(content: ContentPart[], text: string): ContentPart[] {
  const [first, ...others] = content;
  return first?.type === 'text' ? [{ type: 'text', text: `${text}${first.text}` }, ...others] : [{ type: 'text', text }, ...content];
}

/**
 * `bare`: as a person would put it who talks to a model without further words; a model of 1.5B passes fewer checks under a heading (docs/evaluation.md).
 */
function renderInput({ requirement, files }: TranscriptInput, form: 'bare' | 'headed'): string {
  const text = requirement.trim();
  // Some workflows need none.
  const sections = text === '' ? [] : [`${form === 'headed' ? '# Requirement\n\n' : ''}${text}\n\n`];
  if (files.length > 0) sections.push(form === 'headed' ? '# Project files\n\n' : 'These files exist:\n\n', renderFiles(files));
  return sections.join('');
}

/** Files as a model reads them: each in a fence that is longer than any inside it, an empty line after each. */
export function renderFiles(files: { path: string; content: string }[]): string {
  return files.map(renderFile).join('');
}

function renderFile({ path, content }: { path: string; content: string }): string {
  const longestRun = Math.max(2, ...[...content.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longestRun + 1);
  return `${fence}${path}\n${content}${content.endsWith('\n') ? '' : '\n'}${fence}\n\n`;
}
