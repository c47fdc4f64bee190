/**
 * What tells a model from others, of its name: the last part, after `/` or `\\`, in small letters and without `.gguf`. Folders and publishers decide
 * nothing, because each server names a model by where it has it.
 */
export function modelKey(name: string): string {
  const last = name.split(/[/\\]/).findLast((part) => part !== '') ?? '';
  return last.replace(/\.gguf$/i, '').toLowerCase();
}
