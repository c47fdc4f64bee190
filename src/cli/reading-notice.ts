/** Of a smaller project nobody waits for the end. */
const leastFiles = 2000;
const every = 5000;

/** For `onReadingProject`: says how far reading a large project is. A small one is read before anybody could read the sentence. */
export function readingNotice(say: (sentence: string) => void): (files: number, of?: number) => void {
  let next = leastFiles;
  let whole: number | undefined;
  return (files, of) => {
    // The files are looked at first, and then mapped: the count begins anew.
    if (of !== whole) next = leastFiles;
    whole = of;
    if (files < next) return;
    next = files + every;
    const count = files.toLocaleString('en');
    say(
      of === undefined
        ? `Reading the project: ${count} files so far.`
        : `Reading the project: ${count} of ${of.toLocaleString('en')} files.`,
    );
  };
}
