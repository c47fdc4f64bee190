import type { BrokenFile } from '../judging/broken-file.ts';
import { checkWrittenFiles } from './check-written-files.ts';
import { checkSyntax } from '../../files/syntax/check-syntax.ts';
import type { FileWriter } from '../../files/file-writer.ts';
import { ModelError } from '../../llm/model-error.ts';
import { keepReply } from '../conversation/keep-reply.ts';
import type { StepOptions } from '../step-kind.ts';
import type { TaskConversation } from '../conversation/task-conversation.ts';

export interface RepairFilesOptions {
  step: StepOptions;
  conversation: Pick<TaskConversation, 'ask' | 'turn'>;
  broken: BrokenFile[];
}

const mostLines = 5;
const longestLine = 200;

/**
 * Has the agent write files that do not parse once more. What comes back is taken only if it is better; otherwise the
 * files stay as they are, and reported.
 * @returns the turn that later tasks see, if the second reply holds everything that the first did.
 */
export async function repairFiles({ step, conversation, broken }: RepairFilesOptions): Promise<TaskConversation['turn']> {
  const { run, task } = step;
  const reply = await ask(conversation, repairMessage(broken));
  if (reply?.finishReason !== 'stop' || !(await isBetter(run.files, reply.text, broken))) return undefined;
  await keepReply(step, reply);
  await checkWrittenFiles(step);
  const given = new Set(run.files.extractFileStructure(reply.text));
  const isWhole = run.journal.state.artifacts.every((artifact) => artifact.task !== task.task || given.has(artifact.path));
  return isWhole ? conversation.turn : undefined;
}

/** What a model is asked: only the lines that do not parse are quoted, the rest it has just written. */
export function repairMessage(files: BrokenFile[]): string {
  const problems = files.flatMap(({ path, content, check }) => {
    const lines = Buffer.from(content).toString('utf8').split(/\r?\n/);
    const told = check.findings.slice(0, mostLines).flatMap(({ line, column, message }) => {
      const quoted = lines[line - 1]?.slice(0, longestLine).toWellFormed() ?? '';
      return [`- line ${line}, column ${column}: ${message}`, ...(quoted.trim() === '' ? [] : [`      ${quoted}`])];
    });
    return [`${path} does not parse as ${check.language}:`, ...told, ''];
  });
  const what = files.length === 1 ? 'this file again, complete and corrected,' : 'these files again, complete and corrected, each';
  return [
    ...problems,
    `Give ${what} in a fenced code block whose info string is the language, a colon and the path of the file. Change nothing else, and give no other file.`,
  ].join('\n');
}

/** A repair is a kindness: that there is no room for it does not make the task fail. */
async function ask(conversation: RepairFilesOptions['conversation'], message: string) {
  try {
    return await conversation.ask(message);
  } catch (error) {
    if (error instanceof ModelError && error.kind === 'overflow') return undefined;
    throw error;
  }
}

/** Every file it holds was asked for, none is worse or has lost half of itself, and one at least is better. */
async function isBetter(writer: FileWriter, reply: string, broken: BrokenFile[]): Promise<boolean> {
  let better = false;
  for (const { path, content, change } of writer.parseCodeBlocks(reply)) {
    if (change.kind === 'delete' || change.kind === 'move') return false;
    const before = broken.find((file) => file.path === path);
    const after = Buffer.from(content);
    const check = await checkSyntax({ path, content: after });
    if (before === undefined || check.kind !== 'checked') return false;
    if (check.found > before.check.found || after.byteLength < before.content.byteLength / 2) return false;
    better ||= check.found < before.check.found;
  }
  return better;
}
