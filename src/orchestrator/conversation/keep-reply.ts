import { isDeepStrictEqual } from 'node:util';
import type { AgentReply } from '../../agents/task-session.ts';
import type { RenamedFile } from '../../files/names/moved-files.ts';
import { FileWriteError, type UnplacedPiece, type WriteReport } from '../../files/write-report.ts';
import { unwrapText } from '../../files/unwrap-text.ts';
import type { RunState } from '../../state/run/run-state.ts';
import type { Report } from '../run/run-journal.ts';
import type { StepOptions } from '../step-kinds/step-kind.ts';

export interface KeptReply {
  /** It holds what the step expects: files, or text. */
  usable: boolean;
  /** Why blocks that look like files were not written. */
  refused: string[];
  /** The files that stand now as the reply has them, each once. */
  written: string[];
  /** Files that the reply only repeats as they stood before: no work was done on them. */
  unchanged: string[];
  /** Written files of code that hold nothing but comments. */
  prose: string[];
  /** Demanded files that the reply gave under another folder. */
  renamed: RenamedFile[];
  /** Pieces of files that have no place: the whole file has to be asked for by name. */
  unplaced: UnplacedPiece[];
}

export interface KeepReplyOptions {
  /** The paths that the step is to deliver: blocks without a name are these, or none. */
  expected?: readonly string[] | undefined;
}

/**
 * Brings a reply to the disk: its files, or for a step that expects text the reply itself, without a wrapper, as `<nn>-<task type>.md`; the code in
 * such a reply is a quotation and changes no file. Of a reply that was cut off only blocks that were closed are files. What was written is recorded, also when the disk
 * then refuses the rest.
 * @throws FileWriteError when the system cannot write.
 */
export async function keepReply(
  { run, task, assignment }: StepOptions,
  reply: AgentReply,
  { expected }: KeepReplyOptions = {},
): Promise<KeptReply> {
  const { files } = run;
  const recorded = async (writing: Promise<WriteReport>) => {
    try {
      const report = await writing;
      await assignment.record(reportsOf(task.task, report).filter((one) => !isKnown(one, run.journal.state)));
      return report;
    } catch (error) {
      if (error instanceof FileWriteError)
        await assignment.record(reportsOf(task.task, error.report).filter((one) => !isKnown(one, run.journal.state)));
      throw error;
    }
  };

  if (task.expects === 'files') {
    const report = await recorded(files.writeCodeBlocks(wholeBlocks(reply, run), task.task, task.role, { order: task.number, expected }));
    const refused = report.refused.map(({ name, reason }) => (name === '' ? reason : `${name}: ${reason}`));
    return {
      usable: report.written.length + report.collisions.length > 0,
      refused,
      written: [...new Set(report.written.map(({ path }) => path))],
      unchanged: report.unchanged,
      prose: report.prose,
      renamed: report.renamed,
      unplaced: report.unplaced,
    };
  }
  const text = unwrapText(reply.text);
  const usable = text.trim() !== '';
  const path = `${String(task.number).padStart(2, '0')}-${task.taskType}.md`;
  if (usable) {
    const content = text.endsWith('\n') ? text : `${text}\n`;
    await recorded(
      files.writeFile({ path, content, taskId: task.task, order: task.number, format: 'reply', range: [0, reply.text.length] }),
    );
  }
  return { usable, refused: [], written: usable ? [path] : [], unchanged: [], prose: [], renamed: [], unplaced: [] };
}

/**
 * A block that was open when the reply was cut off is half a file, and half a file is none. One that lacks its end further up was only written without
 * one: another file began after it, so it is whole.
 */
function wholeBlocks({ text, finishReason }: AgentReply, { files }: StepOptions['run']): string {
  const open =
    finishReason === 'stop' ? undefined : files.parseCodeBlocks(text).find(({ closed, range }) => !closed && range[1] === text.length);
  return open === undefined ? text : text.slice(0, open.range[0]);
}

function reportsOf(task: string, { written, refused, collisions }: WriteReport): Report[] {
  return [
    ...written.map((file): Report => ({ type: 'artifact.written', data: { ...file, task } })),
    ...collisions.map(({ path, task: standing, sha256, earlier }): Report => ({
      type: 'artifact.collided',
      data: { path, task: standing, sha256, earlier },
    })),
    ...refused.map(({ name, code, reason, sha256, range, keptAs }): Report => ({
      type: 'artifact.refused',
      data: { task, name, code, reason, sha256, range, ...(keptAs === undefined ? {} : { keptAs }) },
    })),
  ];
}

/** A task that was cut off after its files were recorded brings them to the disk once more; people are told of each trouble once. */
function isKnown({ type, data }: Report, { refusals, collisions }: RunState): boolean {
  switch (type) {
    case 'artifact.refused':
      return refusals.some(({ task, name, sha256, range }) =>
        isDeepStrictEqual([task, name, sha256, range], [data.task, data.name, data.sha256, data.range]),
      );
    case 'artifact.collided':
      return collisions.some(({ path, task, sha256, earlier }) =>
        isDeepStrictEqual([path, task, sha256, earlier], [data.path, data.task, data.sha256, data.earlier]),
      );
    default:
      return false;
  }
}
