/** That a task changed nothing, and why, where that is known. Without a full stop where it is not. */
export function nothingSentence(because: string | undefined): string {
  return `changed nothing: ${because ?? 'every file is as it was before'}`;
}
