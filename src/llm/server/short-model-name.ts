/** The last part of a model's name, after `/` or `\\`: folders and publishers decide nothing. */
export function shortModelName(name: string): string {
  return name.split(/[/\\]/).findLast((part) => part !== '') ?? '';
}
