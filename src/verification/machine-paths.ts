/** At least two folders: a path and not a division. */
const absolute = /(?:file:\/\/)?(?<![\w.:/-])\/(?:[\w@+.%-]{1,100}\/){1,40}[\w@+.%-]{1,100}/g;

/**
 * Shortens absolute paths in a text: files of the folder are named relative to it, other paths by their end (`…/unittest/case.py`). Where a machine keeps things
 * says nothing about a failure.
 * @param folder Absolute.
 */
export function withoutMachinePaths(text: string, folder: string | undefined): string {
  let shown = text;
  if (folder !== undefined && folder.length > 1)
    // macOS also names temporary folders by their real path.
    for (const form of [encodeURI(`file://${folder}`), `/private${folder}`, folder])
      shown = shown.replaceAll(`${form}/`, '').replaceAll(form, '.');
  return shown.replaceAll(absolute, (path) => `…/${path.split('/').slice(-2).join('/')}`);
}
