import type { ChatMessage } from './chat-model.ts';
import { textMessage } from './chat/chat-message-text.ts';

/** What a task adds to the conversation for those who come after. */
export interface Turn {
  task: string;
  /** Without requirement and project files: these stand before whichever turn is first. */
  user: string;
  assistant: string;
  /** What the model thought before its reply, where it is to see that again. */
  reasoning?: string | undefined;
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
  const exchanges: { user: string; assistant: string | undefined; reasoning?: string | undefined }[] = [
    ...turns,
    { user: message, assistant: saved === '' ? undefined : saved },
  ];
  const messages: ChatMessage[] = system === '' ? [] : [textMessage('system', system)];
  for (const [index, exchange] of exchanges.entries()) {
    messages.push(
      textMessage('user', index === 0 ? `${renderInput(input, system === '' ? 'bare' : 'headed')}${exchange.user}` : exchange.user),
    );
    if (exchange.assistant !== undefined) messages.push(replyMessage(exchange.assistant, exchange.reasoning));
  }
  return messages;
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

function replyMessage(text: string, reasoning: string | undefined): ChatMessage {
  const message = textMessage('assistant', text);
  return reasoning ? { ...message, content: [{ type: 'reasoning', text: reasoning }, ...message.content] } : message;
}
