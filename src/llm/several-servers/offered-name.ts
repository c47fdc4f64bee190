import { modelKey } from '../server/model-key.ts';

/**
 * The name under which a server offers a model, or undefined where it does not. Folders and publishers decide nothing: servers on two machines name the
 * same file by its place on each. A server that names no models is believed to have the one that is asked for.
 */
export function offeredName(models: readonly string[], wanted: string): string | undefined {
  if (models.length === 0 || models.includes(wanted)) return wanted;
  return models.find((name) => modelKey(name) === modelKey(wanted));
}
