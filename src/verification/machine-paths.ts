/** Two folders at least: a path, and not a division. */
const absolute = /(?:file:\/\/)?(?<![\w.:/-])\/(?:[\w@+.%-]{1,100}\/){1,40}[\w@+.%-]{1,100}/g;

/**
 * A text in which the files of a folder are named as they stand in it, and other absolute paths by their end (`…/unittest/case.py`): where a machine keeps
 * its things says nothing about a failure.
 * @param folder Absolute.
 */
export function withoutMachinePaths(text: string, folder: string | undefined): string {
  let shown = text;
  if (folder !== undefined && folder.length > 1)
    // macOS names temporary folders by their real path, too.
    for (const form of [encodeURI(`file://${folder}`), `/private${folder}`, folder])
      shown = shown.replaceAll(`${form}/`, '').replaceAll(form, '.');
  return shown.replaceAll(absolute, (path) => `…/${path.split('/').slice(-2).join('/')}`);
}
