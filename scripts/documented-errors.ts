/** The codes of the errors that a page explains, each under a heading of its own. */
export function documentedErrors(page: string): Set<string> {
  return new Set([...page.matchAll(/^### `(.+)`$/gm)].map(([, code = '']) => code));
}
