import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { shownName } from '../../utils/printable.ts';
import { listBelow } from '../below/list-below.ts';
import { readTextBelow, type TextBelow } from '../below/read-text-below.ts';
import { type ParsedSkill, parseSkill } from './parse-skill.ts';
import { type SkillPlace, skillPlaces, type SkillPlaces } from './skill-places.ts';

/** Guidance for one kind of work: a folder with a `SKILL.md`. A model is told its name and description, and sees the rest when it asks. */
export interface Skill extends ParsedSkill {
  /** For people: relative to the project, or absolute. */
  path: string;
}

export interface FoundSkills {
  /** Sorted by name. */
  skills: Skill[];
  /** What a person should know: broken ones with file and line, names that exist twice, links. Whole sentences; a name in them is safe to show. */
  notes: string[];
}

const mostSkills = 100;
/** Instructions for a model are shorter. */
const mostBytes = 128 * 1024;
const mostNotes = 20;

/** The skills of a project and of a person. Of several with one name the nearest counts: those of the project, in the order of `skillPlaces`, then the person's. */
export function findSkills(places: SkillPlaces): FoundSkills {
  const found = new Map<string, Skill>();
  const notes: string[] = [];
  let left = 0;
  for (const place of skillPlaces(places)) {
    const listed = listBelow(place.root, place.folder);
    const shown = shownName(place.folder === '' ? place.root : place.folder);
    if (listed.kind === 'unfit') notes.push(`No skills were looked for in ${shown}: ${listed.reason}.`);
    if (listed.kind !== 'folder') continue;
    if (listed.more) notes.push(`${shown} holds too many folders: not all of them were looked at.`);
    for (const { name: folder, kind } of listed.entries) {
      const path = join(place.folder === '' ? place.root : place.folder, folder, 'SKILL.md').replaceAll('\\', '/');
      if (kind === 'link' && place.links === 'refused') notes.push(`${shownName(path)} is no skill: its folder is a link.`);
      if (kind !== 'folder' && (kind !== 'link' || place.links === 'refused')) continue;
      if (found.size >= mostSkills) {
        left += 1;
        continue;
      }
      const read = readSkillFile(place, folder);
      if (read.kind === 'missing') continue;
      const skill = read.kind === 'text' ? parseSkill(read.text) : { problem: read.reason, line: undefined };
      if ('problem' in skill) {
        notes.push(`${shownName(path)}${skill.line === undefined ? '' : ` line ${skill.line}`}: no skill, because ${skill.problem}.`);
        continue;
      }
      const nearer = found.get(skill.name);
      if (nearer === undefined) found.set(skill.name, { ...skill, path });
      else notes.push(`${shownName(path)} is not used: the skill ${skill.name} of ${shownName(nearer.path)} is nearer.`);
    }
  }
  if (left > 0) notes.push(`There are more than ${mostSkills} skills: ${left} more folders were not looked at.`);
  return { skills: [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1)), notes: firstOf(notes) };
}

function readSkillFile({ root, folder, links }: SkillPlace, name: string): TextBelow {
  if (links === 'refused') return readTextBelow(root, `${folder}/${name}/SKILL.md`, mostBytes);
  try {
    const file = realpathSync(join(root, folder, name, 'SKILL.md'));
    return readTextBelow(dirname(file), basename(file), mostBytes);
  } catch {
    // A link that leads nowhere, or a folder that holds something else.
    return { kind: 'missing' };
  }
}

function firstOf(notes: readonly string[]): string[] {
  if (notes.length <= mostNotes) return [...notes];
  return [...notes.slice(0, mostNotes), `${notes.length - mostNotes} more notes on skills are left out.`];
}
