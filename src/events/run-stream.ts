/** What the names of the streams of runs begin with. */
export const runStreams = 'run:';

/** The name of a run's stream in the journal. */
export function runStream(run: string): string {
  return `${runStreams}${run}`;
}

/** The run whose stream this is; undefined: a stream of another kind. */
export function runOfStream(stream: string): string | undefined {
  return stream.startsWith(runStreams) ? stream.slice(runStreams.length) : undefined;
}
