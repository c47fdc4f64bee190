import type { ShownFile } from '../../events/decision-events.ts';
import type { EventData } from '../../events/run-stream-events.ts';
import { renderDiff } from '../../files/edits/render-diff.ts';
import type { RunFolder } from '../../files/disk/run-folder.ts';
import type { DecisionRecord, RunState } from '../../state/run/run-state.ts';
import { keptBaseOf } from '../showing/project-of-run.ts';
import { hashContent } from '../../utils/hash-content.ts';
import { countingFiles } from '../artifacts/standing-files.ts';

/** Where the shown files come from. */
export interface QuestionSources {
  state: RunState;
  contentOf: (sha256: string) => Promise<Uint8Array | undefined>;
  /** Keeps content with the run. @returns its hash. */
  keepContent: (content: Uint8Array) => Promise<string>;
  /** The run's folder. */
  disk: Pick<RunFolder, 'read'>;
  /** The folder of the project. */
  project: Pick<RunFolder, 'read'>;
}

type Asked = Omit<EventData<'task.asked'>, 'task'>;

/** What is asked, without what is shown for it. */
export type BareQuestion = Omit<Asked, 'shown' | 'diff' | 'leftOut' | 'against'>;

export interface ComposeQuestionOptions {
  question: BareQuestion;
  paths: Iterable<string>;
  /** The last decision of the same task: the diff begins there. */
  before: DecisionRecord | undefined;
}

/** A diff is kept and shown up to this many lines and characters; the contents themselves are kept whole. */
const mostLines = 2000;
const mostCharacters = 200_000;

/** A question with the files that it is about, as they are on the disk now, and how they differ from the last ones that were decided, or from the project. */
export async function composeQuestion(sources: QuestionSources, { question, paths, before }: ComposeQuestionOptions): Promise<Asked> {
  const shown: ShownFile[] = [];
  const diffs: string[] = [];
  for (const file of await shownFiles(sources, paths)) {
    const base = await versionBefore(sources, file, before);
    // What came and went again, and was never there for the person, is nothing to decide about.
    if (file.sha256 === undefined && base === undefined) continue;
    const after = file.sha256 === undefined ? undefined : await sources.contentOf(file.sha256);
    shown.push(file);
    diffs.push(renderDiff({ path: file.path, before: base, after }));
  }
  return { ...question, shown, ...bounded(diffs.join('')), against: before === undefined ? 'project' : 'decision' };
}

async function shownFiles({ state, disk, keepContent }: QuestionSources, paths: Iterable<string>): Promise<ShownFile[]> {
  const known = new Map(countingFiles(state).map((file) => [file.path, file]));
  const shown: ShownFile[] = [];
  for (const path of [...paths].toSorted()) {
    const file = known.get(path);
    if (file === undefined) continue;
    const { sha256, task } = file;
    const there = file.removed ? undefined : await disk.read(path);
    const found = there === undefined ? sha256 : hashContent(there);
    if (file.removed) shown.push({ path, task });
    else if (there === undefined || found === sha256) shown.push({ path, sha256, task });
    else shown.push({ path, sha256: await keepContent(there), recorded: sha256, task });
  }
  return shown;
}

/** What the person last saw of a file, or what the team has seen of it in the project, or what the project has; undefined: nothing. */
async function versionBefore(
  { state, contentOf, project }: QuestionSources,
  { path }: ShownFile,
  before: DecisionRecord | undefined,
): Promise<Uint8Array | undefined> {
  const earlier = before?.shown.find((file) => file.path === path);
  if (earlier !== undefined) return earlier.sha256 === undefined ? undefined : contentOf(earlier.sha256);
  return (await keptBaseOf({ journal: { state }, contentOf }, path)) ?? project.read(path);
}

function bounded(diff: string): Pick<Asked, 'diff' | 'leftOut'> {
  const lines = diff.split('\n');
  let size = 0;
  let kept = 0;
  for (const line of lines) {
    size += line.length + 1;
    if (kept >= mostLines || size > mostCharacters) break;
    kept += 1;
  }
  if (kept === lines.length) return { diff, leftOut: 0 };
  return { diff: `${lines.slice(0, kept).join('\n')}\n`, leftOut: lines.length - kept };
}
