/** What stands behind the command. Whether the first word is a run, only the journal can tell. */
export function words(...given: (string | undefined)[]): string[] {
  return given.filter((word) => word !== undefined);
}
