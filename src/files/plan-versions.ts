import { applyEdit, applyInsertion, type EditResult } from './edits/apply-edit.ts';
import { checkContent } from './content-check.ts';
import type { FileBlock } from './file-blocks.ts';
import type { FileChange } from './file-format.ts';
import { shownName } from '../utils/printable.ts';
import type { BlockRefusal } from './write-report.ts';

/** The blocks of one reply for one path, in order. */
export interface VersionsToWrite {
  path: string;
  versions: readonly FileBlock[];
  /** What other blocks of the reply define. */
  elsewhere: () => ReadonlySet<string>;
}

export interface VersionsOfFile {
  path: string;
  /** The blocks of one reply for one path, in order. */
  versions: readonly FileBlock[];
  /** The file that edits start from: the current one of the run or of the project. */
  current: string | undefined;
  /** The file that whole blocks are compared with, so that none removes most of it. */
  compared: string | undefined;
}

interface Version {
  block: FileBlock;
  content: string;
}

/** What to do with the blocks of one reply for one path. */
export interface VersionPlan {
  /** The version to write to the disk: the last whole one, with the edits after it. */
  standing: Version | undefined;
  /** Whole versions before it. */
  earlier: Version[];
  refused: { block: FileBlock; refusal: BlockRefusal }[];
}

/** All edits of one file are made, or none: half a change is worse than none. */
export function planVersions(file: VersionsOfFile): VersionPlan {
  const plan = follow(file);
  const failed = plan.refused.filter(({ block }) => block.change.kind !== 'whole');
  const edits = file.versions.filter(({ change }) => change.kind !== 'whole');
  if (failed.length === 0) return plan;
  const wholes = follow({ ...file, versions: file.versions.filter(({ change }) => change.kind === 'whole') });
  const message = `A change of '${shownName(file.path)}' was not made, because another one in the same reply could not be.`;
  const abandoned = edits
    .filter((block) => failed.every((other) => other.block !== block))
    .map((block) => ({ block, refusal: { reason: 'edit_abandoned' as const, message } }));
  return { ...wholes, refused: [...wholes.refused, ...failed, ...abandoned] };
}

function follow({ path, versions, current, compared }: VersionsOfFile): VersionPlan {
  const plan: VersionPlan = { standing: undefined, earlier: [], refused: [] };
  for (const [index, block] of versions.entries()) {
    const there = plan.standing?.content;
    const made = make({ path, block, current: there ?? current, compared: there ?? compared, number: index + 1 });
    if ('reason' in made) {
      plan.refused.push({ block, refusal: made });
      continue;
    }
    if (plan.standing !== undefined && block.change.kind === 'whole') {
      if (plan.standing.content === '') plan.refused.push({ block: plan.standing.block, refusal: emptyContent(path) });
      else plan.earlier.push(plan.standing);
    }
    plan.standing = { block, content: made.content };
  }
  return plan;
}

interface VersionToMake {
  path: string;
  block: FileBlock;
  current: string | undefined;
  compared: string | undefined;
  /** Its number among the blocks for the path, from 1. */
  number: number;
}

function make({ path, block, current, compared, number }: VersionToMake): { content: string } | BlockRefusal {
  const { change, content } = block;
  switch (change.kind) {
    case 'whole':
      if (content === '' && current !== undefined && current !== '') return emptyContent(path);
      return checkContent({ path, content, existing: compared }) ?? { content };
    case 'delete':
    case 'move':
      return { reason: 'edit_unreadable', message: `'${shownName(path)}' cannot be moved or deleted here.` };
    case 'unreadable':
      return { reason: 'edit_unreadable', message: `A change of '${shownName(path)}' cannot be made. ${change.reason}` };
    case 'insert': {
      const bad = checkContent({ path, content: change.after, existing: undefined });
      return bad ?? made(applyInsertion(current, change), path, number);
    }
    default:
      return edit(change, { path, block, current, compared, number });
  }
}

function edit(
  change: FileChange & { kind: 'edit' },
  { path, current, compared, number }: VersionToMake,
): { content: string } | BlockRefusal {
  const replacesAll = change.before.trim() === '';
  if (replacesAll && change.after === '' && current !== undefined && current !== '') return emptyContent(path);
  const bad = checkContent({ path, content: change.after, existing: replacesAll ? compared : undefined });
  if (bad !== undefined) return bad;
  return made(applyEdit(current, change), path, number);
}

function made(result: EditResult, path: string, number: number): { content: string } | BlockRefusal {
  if (result.kind === 'applied') return { content: result.content };
  return { reason: result.reason, message: `Change ${number} of '${shownName(path)}' cannot be made: ${result.why}` };
}

function emptyContent(path: string): BlockRefusal {
  return { reason: 'empty_content', message: `The block for '${shownName(path)}' is empty, and the file has content already.` };
}
