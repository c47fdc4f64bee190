import type { Candidate } from './candidate.ts';
import type { Assignment } from '../../agents/plans/assignment.ts';
import type { RunMaterial } from '../../agents/plans/run-material.ts';
import type { AgentReply } from '../../agents/task-session.ts';
import type { FileWriter } from '../../files/file-writer.ts';
import { wholeItems } from '../../files/findings/whole-items.ts';
import { wholeMarkdown } from '../../files/findings/whole-markdown.ts';
import { isMarkdownPath } from '../../files/names/languages.ts';
import type { MendedFile } from '../../files/findings/mend-result.ts';
import { unwrapText } from '../../files/unwrap-text.ts';
import { outsideOfCode } from '../../tools/calls/outside-of-code.ts';
import { judgeText } from '../judging/judge-text.ts';
import { holdsTests } from '../judging/holds-tests.ts';
import { allFindings } from '../../agents/loop/finding.ts';
import { fileCheckers } from '../judging/file/file-checkers.ts';
import { shortcoming } from '../judging/file/file-to-check.ts';
import { mendFile } from './mend-file.ts';

type FileAssignment = Extract<Assignment, { kind: 'file' }>;

export interface ReadCandidateOptions {
  assignment: FileAssignment;
  reply: AgentReply;
  activity: string;
  material: RunMaterial;
  /** Files that this step writes after this one. */
  due: readonly string[];
  files: Pick<FileWriter, 'previewFile'>;
  /** `file_or_words`: words without code are a result, too. `words_or_file`: so are words with code that is no version of the file, as an answer to a question. */
  serves: 'file' | 'file_or_words' | 'words_or_file';
}

/** The file that a reply holds for an assignment, and what is wrong with it as far as that can be seen. */
export async function readCandidate({
  assignment,
  reply,
  activity,
  material,
  due,
  files,
  serves,
}: ReadCandidateOptions): Promise<Candidate> {
  const { path } = assignment;
  const found = await fileIn(reply, path, files);
  const candidate: Candidate = {
    reply,
    activity,
    content: found?.content,
    language: found?.language,
    range: found?.range ?? [0, 0],
    findings: [],
  };
  if (
    found === undefined &&
    serves !== 'file' &&
    (serves === 'words_or_file' || !holdsCode(reply)) &&
    isAnswer(reply, assignment, material)
  ) {
    candidate.answers = true;
    return candidate;
  }
  if (found === undefined || found.content.trim() === '') {
    candidate.findings = [shortcoming('no_file', `no reply held ${path}`)];
    return candidate;
  }
  const siblings = siblingsOf(path, material);
  const asked = `${material.requirement}\n\n${assignment.message}`;
  candidate.mended = await mendFile({ path, content: found.content, siblings, asked });
  const ended = await endedWhole(candidate, assignment);
  candidate.mended = ended ?? candidate.mended;
  const breaksOff = reply.finishReason !== 'stop' && ended === undefined && !(isMarkdownPath(path) && endsByPlan(reply));
  candidate.findings = await allFindings(fileCheckers, {
    assignment,
    asked,
    content: candidate.mended?.content ?? candidate.content ?? '',
    standing: [...material.files, ...material.projectFiles].find((file) => file.path === path)?.content,
    siblings,
    due,
    ending: breaksOff ? 'breaks_off' : 'whole',
  });
  // The file is quoted as it stands.
  const isQuoted = candidate.findings.some(({ code }) => code === 'unchanged');
  if (serves === 'words_or_file' && isQuoted && isAnswer(reply, assignment, material))
    return { ...candidate, content: undefined, mended: undefined, findings: [], answers: true };
  return candidate;
}

function holdsCode({ text }: AgentReply): boolean {
  return outsideOfCode(text) !== text;
}

function isAnswer({ text }: AgentReply, { message }: FileAssignment, { requirement, documentsLike }: RunMaterial): boolean {
  return judgeText({ text, message, requirement, earlier: documentsLike(text) }).kind === 'substance';
}

/**
 * What was ended at the length planned for it. Tests that our own code came up with end after the last whole one, and what was open around it is closed;
 * documents end after their last whole part.
 */
async function endedWhole(
  { content, mended, reply }: Candidate,
  { path, purpose, origin }: FileAssignment,
): Promise<MendedFile | undefined> {
  if (!endsByPlan(reply)) return undefined;
  if (isMarkdownPath(path)) {
    const text = wholeMarkdown(content ?? '');
    return text === undefined || text === content ? undefined : { content: text, changes: ['ended it after its last whole part'] };
  }
  if (purpose !== 'tests' || origin !== 'derived') return undefined;
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
