import { estimateTokens } from '../llm/budget/estimate-tokens.ts';
import { renderFiles } from '../llm/transcript.ts';
import type { ChosenFiles } from './choosing/chosen-files.ts';
import type { LeftOut } from './choosing/left-out.ts';
import { readConventions } from './conventions/read-conventions.ts';
import type { ListedFile } from './base-list.ts';
import { workTreeRoot } from './git/work-tree-root.ts';
import { mapProject } from './map/map-project.ts';
import type { ProjectMap } from './map/project-map.ts';
import { rankByImports } from './map/rank-by-imports.ts';
import { rankFiles } from './map/rank-files.ts';
import { renderMap } from './map/render-map.ts';
import { renderRelevant } from './map/render-relevant.ts';
import type { ProjectBudget } from './project-budget.ts';
import { findSkills, type Skill } from './skills/find-skills.ts';
import { renderSkills } from './skills/render-skills.ts';

/** A file with its content, as a prompt shows it. */
interface WholeFile {
  path: string;
  content: string;
}

/** What a run knows of the project that is there already. It never changes while the run goes on. */
export interface ProjectKnowledge {
  /** Depends on the files alone, in whatever order they were found. Empty, or ends with an empty line. */
  standing: string;
  /** Depends on the requirement, too. */
  relevant: string;
  /** Those that were given, in their order, then those that were chosen, sorted by path. */
  files: WholeFile[];
  /** Every file that was there, sorted by path. */
  base: readonly ListedFile[];
  /** About what all of it takes in a prompt. */
  tokens: number;
  /** Files that the requirement speaks of and that are not among `files`, most relevant first. If it speaks of none: those on which most others rest. */
  near: string[];
  /** The files of which `standing` has the conventions. */
  conventions: string[];
  /** Those that `standing` offers. */
  skills: Pick<Skill, 'name' | 'description' | 'path'>[];
  /** What a person should know. Whole sentences, without names that could not be shown. */
  notes: string[];
  leftOut: readonly LeftOut[];
}

export interface ReadProjectOptions {
  /** What is read of which folder. */
  chosen: ChosenFiles;
  /** Whether its conventions and skills are told, too. */
  guidance: 'told' | 'not_told';
  requirement: string;
  /** Files that are whole in any case. They count before all others. */
  given: readonly WholeFile[];
  budget: ProjectBudget;
  /** Absolute: the person's folder, with skills of their own. Default: none. */
  ownFolder?: string | undefined;
  /** Where the map keeps what it has found out about files. Default: nowhere. */
  cacheFolder?: string | undefined;
  signal?: AbortSignal | undefined;
  /** Called now and then. @param of Undefined while it is not known how many there are. */
  onProgress?: ((files: number, of?: number) => void) | undefined;
}

/** More are not named. */
const mostNear = 50;

/**
 * Reads what a run is to know of a project: everything, if that fits; else a map of it, the files that the requirement speaks of, and names in others. The same
 * files and the same requirement give the same bytes.
 * @returns undefined for a project without a file to read. @throws the signal's reason.
 */
export async function readProject(options: ReadProjectOptions): Promise<ProjectKnowledge | undefined> {
  const { chosen, given } = options;
  if (chosen.files.length === 0) return undefined;
  const { conventions, skills, notes } = options.guidance === 'told' ? guidanceOf(options) : noGuidance;
  const guidance = `${conventions.content}${renderSkills(skills, options.budget.standing)}`;
  // The team reads them as conventions, and not twice.
  const taken = new Set([...given.map(({ path }) => path), ...conventions.paths]);
  const known: Known = { ...options, text: guidance, taken };
  const parts = (await everything(known)) ?? (await partOfIt(known));
  const { standing, relevant, files } = parts;
  return {
    ...parts,
    base: chosen.files,
    tokens: estimateTokens(standing) + estimateTokens(relevant) + tokensOf(files),
    conventions: conventions.paths,
    skills: skills.map(({ name, description, path }) => ({ name, description, path })),
    notes: [...conventions.notes, ...notes],
    leftOut: chosen.leftOut,
  };
}

type Parts = Pick<ProjectKnowledge, 'standing' | 'relevant' | 'files' | 'near'>;

/** A token is about three bytes, and the map needs room beside what people wrote. */
function guidanceOf({ chosen, budget, ownFolder }: ReadProjectOptions) {
  const files = chosen.files.map(({ path }) => path);
  const repository = chosen.inGit ? workTreeRoot(chosen.root) : undefined;
  const conventions = readConventions(chosen.root, { files, repository, mostBytes: Math.min(8000, Math.floor(budget.standing * 1.5)) });
  return { conventions, ...findSkills({ workspace: chosen.root, ownFolder }) };
}

const noGuidance: ReturnType<typeof guidanceOf> = { conventions: { content: '', paths: [], notes: [] }, skills: [], notes: [] };

interface Known extends ReadProjectOptions {
  /** Conventions and skills. */
  text: string;
  taken: ReadonlySet<string>;
}

/** All files whole, without a map: as if each had been given. Undefined if they do not fit. */
async function everything({ chosen, text, given, budget, taken }: Known): Promise<Parts | undefined> {
  const room = budget.standing + budget.chosen - estimateTokens(text) - tokensOf(given);
  const rest = chosen.files.filter(({ path }) => !taken.has(path));
  // Six bytes make at least one token, so that what cannot fit is not read.
  if (rest.reduce((sum, { bytes }) => sum + bytes, 0) > room * 6) return undefined;
  const files: WholeFile[] = [];
  for (const { path } of rest) {
    const content = await chosen.read(path);
    if (content !== undefined) files.push({ path, content });
  }
  if (tokensOf(files) > room) return undefined;
  return { standing: text, relevant: '', files: [...given, ...files], near: [] };
}

/** How much of the room for what was chosen goes to whole files; the names in others have the rest. */
const shareOfFiles = 0.8;

/** A file for which so much less speaks than for the best is read for nothing. */
const leastShare = 0.05;

async function partOfIt(known: Known): Promise<Parts> {
  const { chosen, text, given, budget, taken, requirement, cacheFolder, signal, onProgress } = known;
  const map = await mapProject(chosen, { cacheFolder, signal, onProgress: (done, of) => onProgress?.(done, of) });
  const room = Math.max(0, budget.standing - estimateTokens(text) - estimateTokens(aboutMap));
  const tree = await renderMap(map, { tokens: room });
  const all = rankFiles(map, requirement);
  const least = Math.max(Number.MIN_VALUE, (all[0]?.score ?? 0) * leastShare);
  const ranked = all.filter(({ path, score }) => score >= least && !taken.has(path));
  const left = Math.max(0, budget.chosen - tokensOf(given));
  const files = await wholeFiles(chosen, ranked, left * shareOfFiles);
  const whole = new Set([...taken, ...files.map(({ path }) => path)]);
  const relevant = await renderRelevant(map, ranked, { tokens: left - tokensOf(files), whole });
  await map.keep();
  return {
    standing: `${text}${tree === '' ? '' : `${aboutMap}${tree.trimEnd()}\n\n`}`,
    relevant,
    files: [...given, ...files.toSorted((a, b) => (a.path < b.path ? -1 : 1))],
    near: (ranked.length > 0 ? ranked.map(({ path }) => path) : programsOf(map)).filter((path) => !whole.has(path)).slice(0, mostNear),
  };
}

/** Where nothing speaks for any file: the code on which most of the project rests. Who is to change the project then still chooses among its files. */
function programsOf(map: ProjectMap): string[] {
  const code = new Set(map.files.filter(({ names }) => names.length > 0).map(({ path }) => path));
  return rankByImports(map).filter((path) => code.has(path));
}

const aboutMap =
  '# Map of the project\n\nThese files are there, with rounded sizes; of some it says what they define. What is in them is not shown here.\n\n';

/** The first of them that fit, each as long as there is room for it. */
async function wholeFiles(chosen: ChosenFiles, ranked: readonly { path: string }[], tokens: number): Promise<WholeFile[]> {
  const sizes = new Map(chosen.files.map(({ path, bytes }) => [path, bytes]));
  const files: WholeFile[] = [];
  let left = tokens;
  for (const { path } of ranked) {
    if ((sizes.get(path) ?? 0) > left * 6) continue;
    const content = await chosen.read(path);
    if (content === undefined) continue;
    const cost = tokensOf([{ path, content }]);
    if (cost > left) continue;
    files.push({ path, content });
    left -= cost;
  }
  return files;
}

function tokensOf(files: readonly WholeFile[]): number {
  return files.reduce((sum, file) => sum + estimateTokens(renderFiles([file])), 0);
}
