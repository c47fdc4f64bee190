import type { KeepContent, RejectedTexts } from './keep-content.ts';
import { checkContent } from './content-check.ts';
import { toBytes } from './disk/file-content.ts';
import { inferredFormat, type FileBlock } from './file-blocks.ts';
import type { DoubtfulPiece } from './fragments/place-fragments.ts';
import type { BlockRefusal, WriteReport } from './write-report.ts';
import { shownName } from '../utils/printable.ts';

/** Reports why blocks are not files, and keeps their texts. */
export class BlockRefuser {
  readonly #keepContent: KeepContent;
  readonly #rejected: RejectedTexts | undefined;

  constructor({ keepContent, rejected }: { keepContent: KeepContent; rejected: RejectedTexts | undefined }) {
    this.#keepContent = keepContent;
    this.#rejected = rejected;
  }

  /** Refuses a piece of a file that has no place in it, or could belong to several files. If its content is refused anyway, that is the reason given. */
  async refusePiece({ block, name, reason, standing }: DoubtfulPiece, report: WriteReport): Promise<void> {
    const what = name === '' ? 'A block' : `The block with '${shownName(name)}'`;
    const where = block.path === '' ? 'a file' : `'${shownName(block.path)}'`;
    const message = `${what} is only a piece of ${where}, and its place is not clear: ${shownName(reason)}.`;
    const bad = checkContent({ path: block.path, content: block.content, existing: standing });
    await this.refuse(block, bad ?? { reason: 'unplaced', message }, report);
    report.unplaced.push({ ...(block.path === '' ? {} : { path: block.path }), name, reason, range: block.range });
  }

  /** Refuses a block that could be one of the demanded files or one of the user's, but nobody can say which. */
  async refuseUnnamed(block: FileBlock, report: WriteReport): Promise<void> {
    const message = messageOfUnnamed(block);
    await this.refuse(block, { reason: 'unnamed', message }, report);
  }

  /** Blocks for a file that the step must not change. */
  async refuseProtected(blocks: readonly FileBlock[], report: WriteReport): Promise<void> {
    for (const block of blocks) {
      const message = `'${shownName(block.path)}' stays as it is: this step must not change it.`;
      await this.refuse(block, { reason: 'protected', message }, report);
    }
  }

  /** Blocks that would replace a file whose content the model does not know. */
  async refuseUnseen(blocks: readonly FileBlock[], report: WriteReport): Promise<void> {
    for (const block of blocks) {
      const message = `'${shownName(block.path)}' is there already, and the model had not been shown what stands in it.`;
      await this.refuse(block, { reason: 'unseen', message }, report);
    }
  }

  /** Keeps the text of a block, and reports why it is not a file. @returns the refusal. */
  async refuse<Reason extends BlockRefusal>(block: BlockToRefuse, refusal: Reason, report: WriteReport): Promise<Reason> {
    const bytes = toBytes(block.content);
    const sha256 = await this.#keepContent(bytes);
    const keptAs = await this.#rejected?.keep(bytes, sha256);
    const { reason: code, message: reason } = refusal;
    const refused = { name: shownName(block.path), code, reason, content: Buffer.from(bytes).toString('utf8'), sha256, range: block.range };
    report.refused.push(keptAs === undefined ? refused : { ...refused, keptAs });
    return refusal;
  }
}

function messageOfUnnamed({ path, format }: FileBlock): string {
  if (path !== '')
    return `A block of code names no file. By what it defines it could be '${shownName(path)}', which you gave: a name that is only inferred replaces no file of yours.`;
  return format === inferredFormat
    ? 'A block of code names no file, and nothing says what file it could be.'
    : 'A block of code names no file, and it is not clear which of the files that were asked for it is.';
}

/** The parts of a block that are kept. */
export interface BlockToRefuse {
  path: string;
  content: string | Uint8Array;
  range: [number, number];
}
