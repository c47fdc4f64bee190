/** Whether npm started this process: npx, or a script of a package. It then adds to the path and to the variables of its children. */
export function startedByNpm(environment: Readonly<Record<string, string | undefined>>): boolean {
  return environment['npm_execpath'] !== undefined || environment['npm_lifecycle_event'] !== undefined;
}
