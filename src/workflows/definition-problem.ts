/** Something wrong with a definition. `path` leads to the value, or to the key where `at` says so. */
export interface DefinitionProblem {
  path: PropertyKey[];
  at: 'key' | 'value';
  message: string;
  /** Where in a text it is, counted from 0. Absent: at its beginning. */
  offset?: number | undefined;
}
