/** A model's name for people: of one that a server knows by the path of its file, the file's name. */
export function shortModelName(name: string): string {
  return /\.gguf$/i.test(name) ? name.replace(/^.*[/\\]/s, '') : name;
}
