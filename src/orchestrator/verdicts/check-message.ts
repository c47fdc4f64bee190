import { renderFiles } from '../../llm/transcript.ts';
import type { InstructionLength } from '../../agents/instruction-text.ts';

export interface CheckMessageOptions {
  /** The step's own words. */
  description: string;
  criteria: readonly string[];
  length: InstructionLength;
  /** The paths of the files that are judged. */
  judged: readonly string[];
  /** Those among them that nothing shows otherwise. */
  files: readonly { path: string; content: string }[];
  /** Texts of the steps that it depends on, where nothing shows them otherwise. */
  documents: readonly { taskType: string; text: string }[];
  /** What was run on the files, in sentences. */
  ran: readonly string[];
  /** Whether something of it fails. */
  fails: boolean;
}

/** What a judge is told: what to judge, by what, what was really run, and how a verdict comes about. */
export function checkMessage({ description, criteria, length, judged, files, documents, ran, fails }: CheckMessageOptions): string {
  const isPlain = length === 'plain';
  const shown = files.length === 0 ? [] : [`The files as they stand now:\n\n${renderFiles([...files]).trimEnd()}`];
  const notes = documents.map(({ taskType, text }) => `Notes: ${taskType}\n\n${text.trim()}`);
  const facts =
    ran.length === 0 ? [] : [`What was run: ${ran.join(' ')}${fails ? ' What fails has to be mended: the work cannot be approved.' : ''}`];
  const subject = judged.length === 0 ? 'the work so far' : judged.length === 1 ? judged[0] : `these files: ${judged.join(', ')}`;
  const list = criteria.map((criterion, index) => `${index + 1}. ${criterion}`).join('\n');
  const asked = `${isPlain ? 'Does each of these hold for' : 'Judge by each of these criteria'} ${subject}${isPlain ? '?' : '.'}\n\n${list}`;
  return [...[description].filter((text) => text !== ''), ...shown, ...notes, ...facts, asked, ...(isPlain ? [] : [howToJudge])].join(
    '\n\n',
  );
}

const howToJudge = [
  'Look at what is there, not at what was said about it. Name each thing that does not hold as one finding: the path of its file and the line (empty and 0 where there is none), how severe it is, and what is wrong.',
  'critical: the work is useless with it. major: a criterion does not hold. minor: it could be better.',
  'The verdict is "approved" if there is nothing critical or major, otherwise "needs_work".',
].join('\n');
