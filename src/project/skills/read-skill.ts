import { formatBytes } from '../../utils/format-bytes.ts';
import { cutAtHeading } from '../cut-at-heading.ts';
import { findSkills } from './find-skills.ts';
import type { SkillPlaces } from './skill-places.ts';

/**
 * The text of a skill, for a step that asks for it. It is looked up by name again, so that no path of a journal or of a reply decides what is read.
 * @param mostBytes In UTF-8; a longer text is cut at a heading, and says so. Default: 16,000.
 * @returns undefined if there is no such skill (any more). `path`: for people.
 */
export function readSkill(name: string, places: SkillPlaces, mostBytes = 16_000): { path: string; content: string } | undefined {
  const skill = findSkills(places).skills.find((one) => one.name === name);
  if (skill === undefined) return undefined;
  const content = cutAtHeading(skill.body, mostBytes);
  if (content === skill.body) return { path: skill.path, content };
  return { path: skill.path, content: `${content}\n\n(The rest is left out: the text is longer than ${formatBytes(mostBytes)}.)` };
}
