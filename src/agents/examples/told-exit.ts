const exit = /^[^.`]{0,60}\b(?:ends?|exits?)\b[^.`]{0,20}\b(?:code|status) (\d{1,3})\b/;

/** "… and ends with exit code 2": what words behind a command or its output say of its end. */
export function toldExit(words: string): { exitCode?: number } {
  const code = exit.exec(words)?.[1];
  return code === undefined ? {} : { exitCode: Number(code) };
}
