/**
 * What tells a model from others, of its name: the last part, after `/` or `\\`, in small letters and without `.gguf`. Folders and publishers decide
 * nothing, because each server names a model by where it has it.
 */
export function modelKey(name: string): string {
  const last = name.split(/[/\\]/).findLast((part) => part !== '') ?? '';
  return last.replace(/\.gguf$/i, '').toLowerCase();
}

/**
 * The name under which a server offers a model, or undefined where it does not. Folders and publishers decide nothing: servers on two machines name the
 * same file by its place on each. A server that names no models is believed to have the one that is asked for.
 */
export function offeredName(models: readonly string[], wanted: string): string | undefined {
  if (models.length === 0 || models.includes(wanted)) return wanted;
  return models.find((name) => modelKey(name) === modelKey(wanted));
}

/** A model's name for people: of one that a server knows by the path of its file, the file's name. */
export function shortModelName(name: string): string {
  return /\.gguf$/i.test(name) ? name.replace(/^.*[/\\]/s, '') : name;
}
