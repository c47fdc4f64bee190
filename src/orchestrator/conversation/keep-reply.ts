import type { AgentReply } from '../../agents/task-session.ts';
import type { RenamedFile } from '../../files/names/moved-files.ts';
import type { BlockRefusalReason, UnplacedPiece, WriteReport } from '../../files/write-report.ts';
import { unwrapText } from '../../files/unwrap-text.ts';
import { keepText } from './keep-text.ts';
import { orderOfTask } from '../artifacts/standing-files.ts';
import { recordWriting } from './record-writing.ts';
import type { StepOptions } from '../step-kind.ts';

export interface KeptReply {
  /** What it was taken for. */
  kind: 'files' | 'text';
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
  /** Files of the project that the reply would have replaced unseen. They stay as they are. */
  unseen: string[];
  /** Changes that could not be made, and why: a sentence. */
  failedEdits: { path: string; why: string }[];
}

export interface KeepReplyOptions {
  /** The paths that the step is to deliver: blocks without a name are these, or none. */
  expected?: readonly string[] | undefined;
  /** Whether the step may change the file of this name. Default: all. */
  mayChange?: ((path: string) => boolean) | undefined;
  /** See `WriteBlocksOptions`. */
  isUnseen?: ((path: string, content: string) => boolean) | undefined;
}

/**
 * Brings a reply to the disk: its files, or for a step that expects text the reply itself, without a wrapper, as `<nn>-<task type>.md`; the code in
 * such a reply is a quotation and changes no file. Of a reply that was cut off only blocks that were closed are files. What was written is recorded, also when the disk
 * then refuses the rest.
 * @throws FileWriteError when the system cannot write.
 */
export async function keepReply(
  step: StepOptions,
  reply: AgentReply,
  { expected, mayChange, isUnseen }: KeepReplyOptions = {},
): Promise<KeptReply> {
  const { run, task } = step;
  const { files } = run;
  const recorded = (writing: Promise<WriteReport>) => recordWriting(step, writing);

  if (task.expects === 'files') {
    const unseen = new Set<string>();
    const report = await recorded(
      files.writeCodeBlocks(wholeBlocks(reply, run), task.task, task.role, {
        order: orderOfTask(run.journal.state, task),
        // Where a text serves, too, code without a name may be shown as part of it. Small models forget the name.
        unnamed: task.orText === true && run.modelOf(task).style.length !== 'plain' ? 'ignore' : 'infer',
        expected,
        mayChange,
        isUnseen: (path, content) => {
          const isHeldBack = isUnseen?.(path, content) === true;
          if (isHeldBack) unseen.add(path);
          return isHeldBack;
        },
      }),
    );
    const refused = report.refused.map(({ name, reason }) => (name === '' ? reason : `${name}: ${reason}`));
    const givesFiles = report.written.length + report.removed.length + report.collisions.length > 0;
    const isText = !givesFiles && task.orText === true && refused.length === 0;
    return {
      kind: isText ? 'text' : 'files',
      usable: givesFiles || (isText && reply.text.trim() !== ''),
      refused,
      written: [...new Set(report.written.map(({ path }) => path))],
      unchanged: report.unchanged,
      prose: report.prose,
      renamed: report.renamed,
      unplaced: report.unplaced,
      unseen: [...unseen],
      failedEdits: report.refused.flatMap(({ name, code, reason }) => (isFailedEdit(code) ? [{ path: name, why: reason }] : [])),
    };
  }
  const text = unwrapText(reply.text);
  const usable = text.trim() !== '';
  const written = usable ? [await keepText(step, text, { length: reply.text.length })] : [];
  return { kind: 'text', usable, refused: [], written, unchanged: [], prose: [], renamed: [], unplaced: [], unseen: [], failedEdits: [] };
}

/** Of the changes of one file that were given up with one of these, that one is named. */
function isFailedEdit(code: BlockRefusalReason): boolean {
  return code === 'edit_not_found' || code === 'edit_ambiguous' || code === 'edit_unreadable' || code === 'edit_no_file';
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
