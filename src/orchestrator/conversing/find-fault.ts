import { demandedPaths, purposeOfStep } from '../../agents/plans/file-purpose.ts';
import type { RunMaterial } from '../../agents/plans/run-material.ts';
import type { AgentReply } from '../../agents/task-session.ts';
import { standingFiles } from '../artifacts/standing-files.ts';
import { unwrapText } from '../../files/unwrap-text.ts';
import { holdsTests } from '../judging/holds-tests.ts';
import type { KeptReply } from '../conversation/keep-reply.ts';
import { emptyText, judgeText } from '../judging/judge-text.ts';
import type { StepOptions } from '../step-kind.ts';

/** Why a reply is not what its step is for, and what the agent is told. */
export interface Fault {
  code: 'reply.empty' | 'reply.no_files' | 'reply.files_missing';
  /** A part of a sentence, for people. */
  why: string;
  /** Says what is missing without an example that a small model could answer instead. */
  correction: string;
}

export interface FindFaultOptions {
  step: StepOptions;
  /** What stood before the step. */
  material: RunMaterial;
  /** What the agent was told. */
  message: string;
  reply: AgentReply;
  kept: KeptReply;
}

/** What a whole reply lacks; undefined: nothing that can be seen. */
export async function findFault(options: FindFaultOptions): Promise<Fault | undefined> {
  return options.step.task.expects === 'text' ? faultOfText(options) : faultOfFiles(options);
}

function faultOfText({ material, message, reply }: FindFaultOptions): Fault | undefined {
  const text = unwrapText(reply.text);
  const verdict = judgeText({ text, message, requirement: material.requirement, earlier: material.documentsLike(text) });
  if (verdict.kind === 'substance') return undefined;
  return { code: 'reply.empty', why: verdict.why, correction: correctionOf(verdict.why) };
}

function correctionOf(why: string): string {
  return why === emptyText
    ? 'Your last reply was empty. Write the text of this step now.'
    : `This does not serve: ${why}. Write the text of this step now.`;
}

const format = 'in a fenced code block of its own whose info string is the language, a colon and the path of the file';

async function faultOfFiles({ step: { run, task }, material, kept }: FindFaultOptions): Promise<Fault | undefined> {
  const standing = standingFiles(run.journal.state);
  const missing = demandedPaths(task.taskType, material).filter((path) => !standing.some((artifact) => artifact.path === path));
  if (kept.unplaced.length > 0) {
    const paths = [...new Set(kept.unplaced.map(({ path, name }) => path ?? name))].join(', ');
    return {
      code: 'reply.no_files',
      why: `a piece of a file was given that has no place of its own (${paths})`,
      correction: `It is not clear where a piece of your reply belongs. Give the complete file ${paths} now, ${format}.`,
    };
  }
  if (missing.length > 0)
    return {
      code: 'reply.files_missing',
      why: `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing, which the requirement names`,
      correction: `The requirement names files that do not exist yet: ${missing.join(', ')}. Give each of them complete now, ${format}.`,
    };
  if (!kept.usable) {
    if (kept.unchanged.length === 0)
      return {
        code: 'reply.no_files',
        why: 'no file was given',
        correction: `Your last reply contained no file. Give the complete files of this step now, each ${format}.`,
      };
    const why = `the files were only repeated as they stand (${kept.unchanged.join(', ')})`;
    return {
      code: 'reply.no_files',
      why,
      correction: `Your last reply changed nothing: ${why}. Give the complete files that change now, each ${format}.`,
    };
  }
  // The versions of a later step stand, and the journal keeps those of the reply beside them: nothing was written that could be judged.
  if (kept.written.length === 0) return undefined;
  if (kept.written.every((path) => kept.prose.includes(path)))
    return {
      code: 'reply.no_files',
      why: `the files hold nothing but comments (${kept.prose.join(', ')})`,
      correction: `Comments are no program. Give the complete files of this step with their code now, each ${format}.`,
    };
  if (purposeOfStep(task.taskType) === 'tests' && (await holdsNoTests(run, kept.written, standing)))
    return {
      code: 'reply.no_files',
      why: `the files hold no tests (${kept.written.join(', ')})`,
      correction: `Your last reply holds no tests. Give the complete test files of this step now, each ${format}.`,
    };
  return undefined;
}

/** A step that is to deliver tests may bring configuration and data along; of its files one at least has to hold tests. */
async function holdsNoTests(
  run: StepOptions['run'],
  written: readonly string[],
  standing: readonly { path: string; sha256: string }[],
): Promise<boolean> {
  for (const path of written) {
    const content = await run.contentOf(standing.findLast((artifact) => artifact.path === path)?.sha256 ?? '');
    if (content === undefined || holdsTests(path, Buffer.from(content).toString('utf8'))) return false;
  }
  return true;
}
