import { checkPath, collisionKey } from '../../files/disk/path-policy.ts';
import { readSkill } from '../../project/skills/read-skill.ts';
import { shownName } from '../../utils/printable.ts';
import { removedFiles, standingWork } from '../artifacts/standing-files.ts';
import { projectFolder } from '../project-folder.ts';
import type { RunContext } from '../run-context.ts';
import { projectOfRun, readProjectFile } from './project-of-run.ts';

/** What a name that the model gave stands for. */
export type AskedFile =
  /** `changed`: it is no longer what it was when the run began. `sha256`: the store has it. */
  | { kind: 'file'; path: string; text: string; sha256: string; changed: boolean }
  /** `sentence`: what the model is told instead. */
  | { kind: 'refused'; path: string; sentence: string };

const mostInFolder = 40;
const mostOfName = 5;

/**
 * Finds what the model asked for: the run's own version of a file before the project's, and of the project only what was chosen when the run began. A name that
 * is only the end of one path means that file, and so does one that ends with all of a path.
 */
export async function findAsked(
  run: Pick<RunContext, 'journal' | 'contentOf' | 'keepContent' | 'commands' | 'ownFolder'>,
  asked: string,
): Promise<AskedFile> {
  const refused = (why: string): AskedFile => ({ kind: 'refused', path: shownName(asked), sentence: `\`${shownName(asked)}\` ${why}` });
  const isFolder = /[\\/]$/.test(asked);
  const checked = checkPath(isFolder ? asked.slice(0, -1) : asked);
  if (checked.kind === 'refused') return refused('is not a path within the project.');
  const { state } = run.journal;
  const key = collisionKey(checked.path);
  const isIt = ({ path }: { path: string }) => collisionKey(path) === key;
  const own = standingWork(state);
  const standing = own.find(isIt);
  if (standing !== undefined) {
    const content = await run.contentOf(standing.sha256);
    return content === undefined
      ? refused('cannot be read.')
      : { kind: 'file', path: standing.path, text: Buffer.from(content).toString('utf8'), sha256: standing.sha256, changed: false };
  }
  const gone = removedFiles(state);
  if (gone.some(isIt)) return refused('was removed by an earlier step.');
  const given = state.input.files.find(isIt);
  if (given !== undefined) return refused('stands whole above, among the files that the conversation begins with.');

  const skill = skillNamed(state.input.project?.skills, checked.path);
  if (skill !== undefined) {
    const read = readSkill(skill.name, { workspace: projectFolder(run.commands.workspace, state.input), ownFolder: run.ownFolder });
    if (read === undefined) return refused('is a skill that is no longer there.');
    const sha256 = await run.keepContent(Buffer.from(read.content));
    return { kind: 'file', path: skill.path, text: read.content, sha256, changed: false };
  }
  const project = await projectOfRun(run);
  const file = project.get(checked.path) ?? [...project.values()].find(isIt);
  if (file !== undefined) {
    const now = await readProjectFile(run, file);
    return now.kind === 'unfit' ? refused(`${now.why}.`) : { ...now, kind: 'file', path: file.path };
  }
  const removed = new Set(gone.map(({ path }) => path));
  const paths = [...new Set([...project.keys(), ...own.map(({ path }) => path)])].filter((path) => !removed.has(path));
  const inside = paths.filter((path) => path.startsWith(`${checked.path}/`)).toSorted();
  if (inside.length > 0) {
    const more = inside.length > mostInFolder ? ` and ${inside.length - mostInFolder} more` : '';
    return refused(`is a folder. In it are: ${inside.slice(0, mostInFolder).map(shownName).join(', ')}${more}.`);
  }
  if (isSecret(state.input.project?.leftOut, checked.path)) return refused('looks like a secret. It was left out, and nobody is shown it.');
  const ends = paths.filter((path) => collisionKey(path).endsWith(`/${key}`));
  // Models put the name of a folder in front that is not there.
  const longer = paths
    .filter((path) => path.includes('/') && key.endsWith(`/${collisionKey(path)}`))
    .toSorted((a, b) => b.length - a.length);
  const [only = longer[0]] = ends;
  if (ends.length <= 1 && only !== undefined) return findAsked(run, only);
  const alike = ends.length > 0 ? ends : paths.filter((path) => nameOf(path) === nameOf(checked.path));
  const others = alike.length === 0 ? '' : ` There is: ${alike.toSorted().slice(0, mostOfName).map(shownName).join(', ')}.`;
  return refused(`is not among the files of the project.${others}`);
}

function skillNamed(skills: readonly { name: string; path: string }[] = [], asked: string): { name: string; path: string } | undefined {
  return skills.find(({ name, path }) => [`skills/${name}`, `skills/${name}/SKILL.md`, path].includes(asked));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).toLowerCase();
}

function isSecret(leftOut: readonly { reason: string; examples: readonly string[] }[] = [], path: string): boolean {
  return leftOut.some(({ reason, examples }) => reason === 'secret' && examples.includes(path));
}
