import type { Assignment } from '../../agents/plans/assignment.ts';
import type { RunMaterial } from '../../agents/plans/run-material.ts';
import type { AgentReply } from '../../agents/task-session.ts';
import { commentsOnly } from '../../files/comments-only.ts';
import type { FileWriter } from '../../files/file-writer.ts';
import { isMarkdownPath } from '../../files/names/languages.ts';
import { checkSyntax } from '../../files/syntax/check-syntax.ts';
import { unwrapText } from '../../files/unwrap-text.ts';
import type { Candidate, Problem } from './candidate.ts';
import { holdsTests } from './holds-tests.ts';

export interface ReadCandidateOptions {
  assignment: Extract<Assignment, { kind: 'file' }>;
  reply: AgentReply;
  activity: string;
  material: RunMaterial;
  files: Pick<FileWriter, 'demandedBlocks'>;
}

/** The file that a reply holds for an assignment, and what is wrong with it as far as that can be seen. */
export async function readCandidate({ assignment, reply, activity, material, files }: ReadCandidateOptions): Promise<Candidate> {
  const { path } = assignment;
  const found = await fileIn(reply, path, files);
  const candidate: Candidate = { reply, activity, content: found?.content, language: found?.language, range: found?.range ?? [0, 0], problems: [] };
  candidate.problems = found === undefined || found.content.trim() === '' ? [{ kind: 'no_file', message: `the reply holds no ${path}` }] : await problemsOf(candidate, assignment, material);
  return candidate;
}

interface FoundFile {
  content: string;
  language?: string | undefined;
  range: [number, number];
}

/** A document may be the reply itself. */
async function fileIn(reply: AgentReply, path: string, files: ReadCandidateOptions['files']): Promise<FoundFile | undefined> {
  const { blocks } = await files.demandedBlocks(reply.text, [path]);
  const block = blocks.findLast((candidate) => candidate.path === path);
  if (block?.change.kind === 'whole') return { content: block.content, language: block.language, range: block.range };
  if (!isMarkdownPath(path) || block !== undefined) return undefined;
  const text = unwrapText(reply.text).trim();
  return text === '' ? undefined : { content: `${text}\n`, language: 'markdown', range: [0, reply.text.length] };
}

async function problemsOf(candidate: Candidate, assignment: ReadCandidateOptions['assignment'], material: RunMaterial): Promise<Problem[]> {
  const { path, purpose, state } = assignment;
  const content = candidate.content ?? '';
  const problems: Problem[] = [];
  const standing = [...material.files, ...material.projectFiles].find((file) => file.path === path);
  if (state === 'changed' && standing !== undefined && sameText(standing.content, content))
    problems.push({ kind: 'unchanged', message: `${path} is repeated without a change` });
  if (commentsOnly(path, content) !== undefined) problems.push({ kind: 'prose', message: `${path} holds nothing but comments` });
  if (candidate.reply.finishReason !== 'stop') problems.push({ kind: 'incomplete', message: `${path} breaks off` });
  const check = await checkSyntax({ path, content: Buffer.from(content) });
  if (check.kind === 'checked' && check.found > 0) {
    const first = check.findings[0];
    problems.push({ kind: 'does_not_parse', message: `${path} does not parse${first ? ` (line ${first.line}: ${first.message})` : ''}` });
  }
  if (purpose === 'tests' && !holdsTests(path, content)) problems.push({ kind: 'no_tests', message: `${path} holds no tests` });
  return problems;
}

function sameText(one: string, other: string): boolean {
  const plain = (text: string) => text.replaceAll(/[ \t]+$/gm, '').trim();
  return plain(one) === plain(other);
}
