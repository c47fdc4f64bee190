/**
 * The part of a name that identifies a model: the last one, after `/` or `\\`, in small letters and without `.gguf`. Folders and publishers do not matter,
 * because each server names a model by where it has it.
 */
export function modelKey(name: string): string {
  const last = name.split(/[/\\]/).findLast((part) => part !== '') ?? '';
  return last.replace(/\.gguf$/i, '').toLowerCase();
}

/**
 * The name under which a server offers a model, or undefined if it does not. Folders and publishers do not matter: servers on two machines name the same file
 * by its place on each. A server that lists no models is assumed to have the wanted one.
 */
export function offeredName(models: readonly string[], wanted: string): string | undefined {
  if (models.length === 0 || models.includes(wanted)) return wanted;
  return models.find((name) => modelKey(name) === modelKey(wanted));
}

/** A model's name for people. If a server names it by the path of its file, it is the file's name. */
export function shortModelName(name: string): string {
  return /\.gguf$/i.test(name) ? name.replace(/^.*[/\\]/s, '') : name;
}
