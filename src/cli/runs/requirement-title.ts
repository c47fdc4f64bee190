import { shorten } from './shorten.ts';

/** The first line of a requirement for people: without the marks of a heading, at most so many characters. */
export function requirementTitle(requirement: string, length: number): string {
  const line = requirement.trim().split('\n', 1)[0] ?? '';
  return shorten(line.replace(/^#{1,6}\s+/, '').trim(), length);
}
