import { shorten } from '../../utils/printable.ts';
import type { Skill } from './find-skills.ts';

const longestDescription = 300;

/**
 * The list of skills for the standing part of a prompt: names and descriptions. Empty if there are none.
 * @param mostBytes Of the list, in UTF-8: what is too much is only counted. Default: 4,000.
 */
export function renderSkills(skills: readonly Pick<Skill, 'name' | 'description'>[], mostBytes = 4000): string {
  const lines: string[] = [];
  let bytes = 0;
  for (const { name, description } of skills) {
    const line = `- skills/${name}: ${shorten(description, longestDescription)}\n`;
    bytes += Buffer.byteLength(line);
    if (bytes > mostBytes) break;
    lines.push(line);
  }
  if (lines.length === 0) return '';
  const more = skills.length - lines.length;
  return `# Skills\n\n${introduction}\n\n${lines.join('')}${more === 0 ? '' : `- and ${more} more\n`}\n`;
}

const introduction =
  'Guides that the project or its people have for some kinds of work. Each is a text of its own, which you have not seen: only its name and what it is for stand here.';
