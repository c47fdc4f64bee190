import type { Assignment } from '../../agents/plans/assignment.ts';
import type { RunMaterial } from '../../agents/plans/run-material.ts';
import type { AgentReply } from '../../agents/task-session.ts';
import { commentsOnly } from '../../files/comments-only.ts';
import type { FileWriter } from '../../files/file-writer.ts';
import type { CodeFindingKind } from '../../files/findings/code-finding.ts';
import { findBrokenUsers } from '../../files/findings/find-broken-users.ts';
import { findCodeFindings } from '../../files/findings/find-code-findings.ts';
import { wholeItems } from '../../files/findings/whole-items.ts';
import { isMarkdownPath } from '../../files/names/languages.ts';
import type { MendedFile } from '../../files/findings/mend-result.ts';
import { checkSyntax } from '../../files/syntax/check-syntax.ts';
import { unwrapText } from '../../files/unwrap-text.ts';
import type { Candidate, Problem, Shortcoming } from './candidate.ts';
import { holdsTests } from '../judging/holds-tests.ts';
import { mendFile } from './mend-file.ts';
import { trimEndOf } from '../../utils/trim-end-of.ts';

type FileAssignment = Extract<Assignment, { kind: 'file' }>;

export interface ReadCandidateOptions {
  assignment: FileAssignment;
  reply: AgentReply;
  activity: string;
  material: RunMaterial;
  /** Files that this step writes after this one. */
  due: readonly string[];
  files: Pick<FileWriter, 'previewFile'>;
}

/** The file that a reply holds for an assignment, and what is wrong with it as far as that can be seen. */
export async function readCandidate({ assignment, reply, activity, material, due, files }: ReadCandidateOptions): Promise<Candidate> {
  const { path } = assignment;
  const found = await fileIn(reply, path, files);
  const candidate: Candidate = {
    reply,
    activity,
    content: found?.content,
    language: found?.language,
    range: found?.range ?? [0, 0],
    problems: [],
  };
  if (found === undefined || found.content.trim() === '') {
    candidate.problems = [{ kind: 'no_file', message: `no reply held ${path}` }];
    return candidate;
  }
  const siblings = siblingsOf(path, material);
  candidate.mended = await mendFile({ path, content: found.content, siblings });
  const ended = await endedWhole(candidate, assignment);
  candidate.mended = ended ?? candidate.mended;
  candidate.problems = await problemsOf(candidate, assignment, { material, due });
  const breaksOff = reply.finishReason !== 'stop' && ended === undefined && !(isMarkdownPath(path) && endsByPlan(reply));
  if (breaksOff) candidate.problems.unshift({ kind: 'incomplete', message: `${path} breaks off` });
  return candidate;
}

/**
 * Tests that our own code came up with, where they were ended at the length planned for them: they end after the last whole one, and what was open around it
 * is closed.
 */
async function endedWhole(
  { content, mended, reply }: Candidate,
  { path, purpose, origin }: FileAssignment,
): Promise<MendedFile | undefined> {
  if (purpose !== 'tests' || origin !== 'derived' || !endsByPlan(reply)) return undefined;
  const whole = await wholeItems({ path, content: mended?.content ?? content ?? '' });
  if (whole === undefined || !holdsTests(path, whole)) return undefined;
  return { content: whole, changes: [...(mended?.changes ?? []), 'ended it after its last whole test'] };
}

interface FoundFile {
  content: string;
  language?: string | undefined;
  range: [number, number];
}

/** A document may be the reply itself. */
async function fileIn(reply: AgentReply, path: string, files: ReadCandidateOptions['files']): Promise<FoundFile | undefined> {
  const found = await files.previewFile(reply.text, path);
  // The line break before the end that was asked for belongs to the file.
  if (found !== undefined)
    return { ...found, content: found.content === '' || found.content.endsWith('\n') ? found.content : `${found.content}\n` };
  if (!isMarkdownPath(path)) return undefined;
  const text = wholeLines(unwrapText(reply.text), reply).trim();
  return text === '' ? undefined : { content: `${text}\n`, language: 'markdown', range: [0, reply.text.length] };
}

async function problemsOf(
  candidate: Candidate,
  assignment: FileAssignment,
  { material, due }: Pick<ReadCandidateOptions, 'material' | 'due'>,
): Promise<Problem[]> {
  const { path, purpose, state } = assignment;
  const content = candidate.mended?.content ?? candidate.content ?? '';
  const problems: Problem[] = [];
  const standing = [...material.files, ...material.projectFiles].find((file) => file.path === path);
  if (state === 'changed' && standing !== undefined && sameText(standing.content, content))
    problems.push({ kind: 'unchanged', message: `${path} is repeated without a change` });
  if (commentsOnly(path, content) !== undefined) problems.push({ kind: 'prose', message: `${path} holds nothing but comments` });
  const check = await checkSyntax({ path, content: Buffer.from(content) });
  if (check.kind === 'checked' && check.found > 0) {
    const first = check.findings[0];
    problems.push({ kind: 'does_not_parse', message: `${path} does not parse${first ? ` (line ${first.line}: ${first.message})` : ''}` });
  }
  const siblings = siblingsOf(path, material);
  const findings = [
    ...(await findCodeFindings({ path, content, siblings, names: assignment.names })),
    ...(await findBrokenUsers({ path, content, before: standing?.content, siblings })),
  ];
  for (const { kind, name, message } of findings)
    if (!isOfDue(name, kind, due)) problems.push({ kind: kindOf[kind], message: `${path}: ${message}` });
  if (purpose === 'tests' && !holdsTests(path, content)) problems.push({ kind: 'no_tests', message: `${path} holds no tests` });
  return problems;
}

/** A module that is not there yet, because this step writes its file next. */
function isOfDue(name: string, kind: CodeFindingKind, due: readonly string[]): boolean {
  if (kind !== 'missing_module' && kind !== 'third_party_import') return false;
  const last = name
    .replace(/\.[cm]?[jt]sx?$/, '')
    .split(/[./]/)
    .at(-1);
  return due.some((path) => path.slice(path.lastIndexOf('/') + 1).split('.')[0] === last);
}

/** Of a document that was ended in the middle of a line, that line tells nothing. */
function wholeLines(text: string, { finishReason }: AgentReply): string {
  return finishReason === 'planned_length' ? text.slice(0, text.lastIndexOf('\n') + 1) : text;
}

/** Ended where it was planned to, or where it began to repeat itself: a document is worth what stands in it. */
function endsByPlan({ finishReason }: AgentReply): boolean {
  return finishReason === 'planned_length' || finishReason === 'repetition';
}

function siblingsOf(path: string, { files, projectFiles }: RunMaterial): { path: string; content: string }[] {
  const standing = new Map([...projectFiles, ...files].map((file) => [file.path, file]));
  standing.delete(path);
  return [...standing.values()];
}

const kindOf: Readonly<Record<CodeFindingKind, Shortcoming>> = {
  demanded_name_missing: 'names_missing',
  missing_module: 'cannot_work',
  missing_export: 'cannot_work',
  missing_import: 'cannot_work',
  unused_import: 'cannot_work',
  no_entry: 'cannot_work',
  undefined_name: 'cannot_work',
  placeholder: 'placeholder',
  third_party_import: 'third_party',
};

function sameText(one: string, other: string): boolean {
  const plain = (text: string) =>
    text
      .split('\n')
      .map((line) => trimEndOf(line, /[ \t]/))
      .join('\n')
      .trim();
  return plain(one) === plain(other);
}
