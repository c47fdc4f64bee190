import { FencesOfReply } from './fences-of-reply.ts';

/** The lines of a text that stand in no fenced block. */
export function outsideOfCode(text: string): string {
  const fences = new FencesOfReply();
  return text
    .split('\n')
    .filter((line) => fences.take(line) === 'text')
    .join('\n');
}
