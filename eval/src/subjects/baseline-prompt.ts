import type { ProjectFile, Task } from '../tasks/task.ts';

/** What a person would type into a chat: the requirement, the files there are, and in what form the answer is wanted. */
export function baselinePrompt({ requirement, project, files }: Pick<Task, 'requirement' | 'project' | 'files'>): string {
  return [requirement, ...project.map(quoted), wish(files)].join('\n\n');
}

function quoted({ path, content }: ProjectFile): string {
  const ticks = content.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(3, ...ticks.map(({ length }) => length + 1)));
  return `${path}\n${fence}\n${content.endsWith('\n') || content === '' ? content : `${content}\n`}${fence}`;
}

function wish(files: readonly string[]): string {
  return files.length === 1
    ? `Give the complete content of the file ${files[0]} in a code block with its name on the line before.`
    : `Give the complete content of these files, each in its own code block with its name on the line before: ${files.join(', ')}.`;
}
