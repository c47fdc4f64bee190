const mostPaths = 3;

/** That files are not what a check saw, and which. */
export function changedSentence(changed: readonly string[]): string {
  const more = changed.length > mostPaths ? ` and ${changed.length - mostPaths} more` : '';
  return `Stale: ${changed.slice(0, mostPaths).join(', ')}${more} changed since, so this does not speak for the files as they are now.`;
}
