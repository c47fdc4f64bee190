import type { ContentPart, TurnMessage } from '../events/content-part.ts';
import { askedParts, type CallResult } from '../events/native-call.ts';
import type { ChatMessage } from './chat-model.ts';
import { textMessage } from './chat/chat-message-text.ts';

/** What a task adds to the conversation for later tasks. */
export interface Turn {
  task: string;
  /**
   * User and assistant messages in turn, beginning with the user's and ending with the assistant's. They do not contain the requirement and the project files,
   * which come before whichever turn is first. Usually two: the first question, and the reply that counts.
   */
  messages: TurnMessage[];
}

export interface ShownTurn {
  /** Replaces all replies. */
  digest?: string | undefined;
  /** Whether the model is to see its earlier reasoning again. */
  reasoning: 'keep' | 'leave_out';
}

/** The part of a turn's messages that is shown. */
export function shownTurn(task: string, messages: readonly TurnMessage[], { digest, reasoning }: ShownTurn): Turn {
  const asked = messages.slice(0, 1);
  if (digest !== undefined) return { task, messages: [...asked, textMessage('assistant', digest)] };
  if (reasoning === 'keep') return { task, messages: [...messages] };
  return { task, messages: messages.map(({ role, content }) => ({ role, content: content.filter(({ type }) => type !== 'reasoning') })) };
}

export interface TranscriptInput {
  requirement: string;
  files: { path: string; content: string }[];
  /** Texts about the project that is there already; see the event `run.started`. */
  project?: { standing: string; relevant: string } | undefined;
}

export interface TranscriptOptions {
  /** The system message: the team's constant preamble, or in the per-role layout the role's section. Empty: there is none. */
  system: string;
  input: TranscriptInput;
  turns: Turn[];
  /** The task's own message. */
  message: string;
  /** What the calls of the reply before say: it stands before the message. */
  results?: readonly CallResult[] | undefined;
  /** The beginning of the reply, if one is continued. */
  saved?: string | undefined;
}

/**
 * The messages of one model call: a constant system message, then the input, then the turns as they were, then what is new. The beginning stays byte-identical
 * from call to call, because the server keeps what it has read only as far as it is the same.
 */
export function renderTranscript({ system, input, turns, message, results, saved }: TranscriptOptions): ChatMessage[] {
  const [first, ...others] = [
    ...turns.flatMap(({ messages }) => messages),
    { role: 'user' as const, content: askedParts(message, results) },
  ];
  const begun = saved === undefined || saved === '' ? [] : [textMessage('assistant', saved)];
  const beginning = renderInput(input, system === '' ? 'bare' : 'headed');
  return [
    ...(system === '' ? [] : [textMessage('system', system)]),
    ...(first === undefined ? [] : [{ ...first, content: withTextBefore(first.content, beginning) }]),
    ...others,
    ...begun,
  ];
}

/** As a part of its own: some servers keep what they have read only as far as a part ends, and calls of other steps begin with the same input. */
function withTextBefore(content: ContentPart[], text: string): ContentPart[] {
  return text === '' ? content : [{ type: 'text', text }, ...content];
}

/** `bare`: without further words, as a person would write it to a model; a model of 1.5B passes fewer checks under a heading (docs/evaluation.md). */
function renderInput({ requirement, files, project }: TranscriptInput, form: 'bare' | 'headed'): string {
  const section = (headings: { headed: string; bare: string }, text: string): string =>
    text.trim() === '' ? '' : `${headings[form]}${text.trim()}\n\n`;
  const { standing = '', relevant = '' } = project ?? {};
  const sections = [
    // It brings its own headings, and stands before the requirement, so that a run with another one begins with the same bytes.
    section({ headed: '', bare: '' }, standing),
    // Some workflows need no requirement.
    section({ headed: '# Requirement\n\n', bare: standing === '' ? '' : '# What is to be done\n\n' }, requirement),
    section({ headed: '# What matters of the project\n\n', bare: 'This matters of the project:\n\n' }, relevant),
  ];
  if (files.length > 0) sections.push(form === 'headed' ? '# Project files\n\n' : 'These files exist:\n\n', renderFiles(files));
  return sections.join('');
}

/** Files as a model reads them: each in a fence that is longer than any inside it, followed by an empty line. */
export function renderFiles(files: { path: string; content: string }[]): string {
  return files.map(renderFile).join('');
}

function renderFile({ path, content }: { path: string; content: string }): string {
  const longestRun = Math.max(2, ...[...content.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longestRun + 1);
  return `${fence}${path}\n${content}${content.endsWith('\n') ? '' : '\n'}${fence}\n\n`;
}
