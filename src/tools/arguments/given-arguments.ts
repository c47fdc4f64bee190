/** What a model gave with a call: a JSON object as text, as native calls have it, or the values of a call in text. */
export type GivenArguments =
  | { kind: 'json'; text: string }
  | { kind: 'values'; positional: readonly unknown[]; named: Readonly<Record<string, unknown>> };
