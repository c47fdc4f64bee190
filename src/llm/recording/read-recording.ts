import { MultiagentError } from '../../utils/multiagent-error.ts';
import { unreadableReason } from '../../utils/describe-error.ts';
import { openRegularFile } from '../../utils/read-regular-file.ts';
import { type CountLine, type ExchangeLine, type RecordingLine, recordingLineSchema, type ServerLine } from './recording-lines.ts';

/** A recording that was read. */
export interface RecordedConversation {
  server: ServerLine;
  exchanges: ExchangeLine[];
  counts: CountLine[];
}

/**
 * An incomplete last line is left out: the process that wrote it was killed.
 * @throws MultiagentError `recording.unreadable`, `recording.invalid`.
 */
export async function readRecording(path: string): Promise<RecordedConversation> {
  const text = await readText(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  const written = text.split('\n').slice(0, -1);
  const lines = written.map((line, index) => readLine(line, `line ${index + 1} of ${path}`));
  const server = lines[0];
  if (server?.type !== 'server') throw invalid(`The first line of ${path} does not describe a server`);
  return {
    server,
    exchanges: lines.filter((line) => line.type === 'exchange'),
    counts: lines.filter((line) => line.type === 'count'),
  };
}

async function readText(path: string): Promise<string> {
  await using file = await openRegularFile(path);
  return await file.readFile('utf8');
}

function readLine(line: string, where: string): RecordingLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw invalid(`Each line of a recording is JSON, but ${where} is not`, error);
  }
  const result = recordingLineSchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw invalid(`The content of ${where} is not a line of a recording (${issue?.path.join('.')}: ${issue?.message})`, result.error);
}

function unreadable(path: string, error: unknown): MultiagentError {
  return new MultiagentError({
    category: 'usage',
    code: 'recording.unreadable',
    message: `The recording ${path} cannot be read: ${unreadableReason(error)}.`,
    hint: 'Check the path; it is taken from the current folder.',
    cause: error,
  });
}

function invalid(message: string, cause?: unknown): MultiagentError {
  return new MultiagentError({
    category: 'usage',
    code: 'recording.invalid',
    message: `${message}.`,
    hint: 'Name a file that "multiagent run … --record <file>" wrote with this version of the program.',
    cause,
  });
}
