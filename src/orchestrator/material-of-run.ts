import type { RunMaterial } from '../agents/plans/run-material.ts';
import { isKeptFrom } from '../state/run/is-kept-from.ts';
import type { RunState, TaskRecord } from '../state/run/run-state.ts';
import { turnOf } from '../state/run/turn-of.ts';
import { derivedFrom } from '../utils/derived-list.ts';
import { nearOfProject } from './artifacts/project-base.ts';
import { projectOfRun } from './showing/project-of-run.ts';
import { removedFiles, standingWork } from './artifacts/standing-files.ts';
import { TextIndex } from './judging/text-index.ts';
import { findingLine, verdictOf } from './verdict.ts';
import { chosenTurns } from './conversation/visible-turns.ts';
import type { RunContext } from './run-context.ts';
import { chatMessageText } from '../llm/chat/chat-message-text.ts';

/** What a run holds now. A step's own document is among its files on disk, and not among these. */
export async function materialOfRun(run: Pick<RunContext, 'journal' | 'contentOf'>, task: string): Promise<RunMaterial> {
  const { state } = run.journal;
  const files: { path: string; content: string }[] = [];
  for (const { path, sha256 } of standingWork(state)) {
    const content = await run.contentOf(sha256);
    if (content !== undefined) files.push({ path, content: Buffer.from(content).toString('utf8') });
  }
  const gone = new Set(removedFiles(state).map(({ path }) => path));
  // A task that is cut off finds what it wrote itself; it is told the same when it goes on.
  const changed = new Set([...standingWork(state), ...removedFiles(state)].flatMap((file) => (file.task === task ? [] : [file.path])));
  const project = await projectOfRun(run);
  // A long run holds many replies, and most messages show none of them.
  const { turnOrder } = state;
  const count = turnOrder.length;
  const chosen = chosenTurns(state, task);
  const isShown = (name: string) => chosen?.has(name) !== false && !isKeptFrom(state, name, task);
  const documentOf = (name: string) => (name === task || !isShown(name) ? undefined : documentIn(state, name));
  return {
    requirement: state.input.requirement,
    projectFiles: state.input.files.filter(({ path }) => !gone.has(path)),
    near: nearOfProject(state.input.project).filter((path) => !gone.has(path)),
    isUnseen: (path) => project.get(path)?.shown === 'unseen' && !changed.has(path),
    files,
    decisions: [...state.tasks.values()].flatMap((record) =>
      isDecided(record) && isShown(record.task) ? (textIn(state, record.task, 0) ?? []) : [],
    ),
    get documents() {
      const done = new Set(turnOrder.slice(0, count));
      return [...state.tasks.values()].flatMap(({ task: name, taskType }) => {
        const text = done.has(name) ? documentOf(name) : undefined;
        return text === undefined ? [] : [{ taskType, text }];
      });
    },
    documentsLike: (text) =>
      indexOf(turnOrder, state)
        .like(text)
        .filter((place) => place < count)
        .flatMap((place) => documentOf(turnOrder[place] ?? '') ?? []),
    findings: findingsFor(state, task),
    get writingSteps() {
      return writingSteps(state.tasks);
    },
  };
}

/** What the checks that a task depends on ask to be mended. */
function findingsFor({ tasks }: RunState, task: string): string[] | undefined {
  const verdicts = (tasks.get(task)?.dependencies ?? []).map((name) => verdictOf(tasks.get(name)?.outputs));
  const lines = verdicts.flatMap((found) => (found?.verdict === 'needs_work' ? found.findings.map(findingLine) : []));
  return lines.length === 0 ? undefined : lines;
}

const indexOf = derivedFrom<string, TextIndex, RunState>(
  () => new TextIndex(),
  (index, name, state) => index.add(documentIn(state, name) ?? ''),
);

function documentIn(state: RunState, name: string): string | undefined {
  const record = state.tasks.get(name);
  return record?.expects === 'text' && !isDecided(record) ? textIn(state, name, -1) : undefined;
}

function textIn(state: RunState, name: string, place: number): string | undefined {
  const message = turnOf(name, state)?.at(place);
  return message && chatMessageText(message);
}

/** Of such a task it is the question that tells something, with what the person said. */
function isDecided({ outputs }: TaskRecord): boolean {
  return typeof outputs?.['decision'] === 'string';
}

function writingSteps(tasks: ReadonlyMap<string, TaskRecord>): string[] {
  const types: string[] = [];
  for (const { expects, orText, taskType } of tasks.values()) if (expects === 'files' && orText !== true) types.push(taskType);
  return types;
}
