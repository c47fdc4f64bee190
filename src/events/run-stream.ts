/** The prefix of the names of run streams. */
export const runStreams = 'run:';

/** The name of a run's stream in the journal. */
export function runStream(run: string): string {
  return `${runStreams}${run}`;
}

/** The run that a stream belongs to. Undefined for a stream of another kind. */
export function runOfStream(stream: string): string | undefined {
  return stream.startsWith(runStreams) ? stream.slice(runStreams.length) : undefined;
}
