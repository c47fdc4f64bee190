import { headingsOf } from './headings-of.ts';

/** What stays of a reply in the transcript once it had to be cut: its headings, its files, and where a person finds the whole. */
export interface DigestOptions {
  reply: string;
  /** Paths of the files that came out of it. */
  files: string[];
  /** Where the full text is, relative to the run's folder; absent where only its files were kept. */
  savedAs?: string | undefined;
}

const mostHeadings = 12;

export function digestReply({ reply, files, savedAs }: DigestOptions): string {
  const headings = headingsOf(reply).slice(0, mostHeadings);
  const lines = ['(This reply was shortened to fit.)'];
  if (headings.length > 0) lines.push('', 'Headings:', ...headings.map((heading) => `- ${heading}`));
  if (files.length > 0) lines.push('', 'Files:', ...files.map((file) => `- ${file}`));
  if (savedAs !== undefined) lines.push('', `The full text is in ${savedAs}.`);
  return lines.join('\n');
}
