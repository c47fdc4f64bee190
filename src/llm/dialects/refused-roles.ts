/** How templates and servers say that they accept no system message. Old ones from Mistral only say that the roles have to alternate. */
const words: readonly RegExp[] = [
  /system[ _-]?(?:role|messages?|prompts?|instructions?)\b[^.]{0,60}\b(?:not|unsupported|un(?:expected|known)|disabled|invalid|forbidden)/i,
  /(?:not|n't|unsupported|unexpected|unknown|invalid|disallow\w{0,8})\b[^.]{0,60}\b(?:system|developer)[ _'"-]{0,3}(?:role|messages?|prompts?|instructions?)/i,
  /\brole\b[^.]{0,10}\bsystem\b[^.]{0,30}\b(?:not|unsupported|invalid)/i,
  /\b(?:unexpected|unknown|unsupported|invalid)[^.]{0,20}\brole\b[^.]{0,20}\bsystem\b/i,
  /\bonly\b[^.]{0,30}\buser\b[^.]{0,30}\bassistant\b/i,
  /\broles? must alternate\b|\balternate user\/assistant/i,
  /\bdeveloper instruction is not enabled/i,
  /input should be '?user'? or '?assistant'?/i,
];

export function refusesSystemRole(whole: string): boolean {
  return words.some((row) => row.test(whole.slice(0, 4000)));
}

/** How strict servers refuse the fields of a message other than its text. */
export function refusesReasoning(whole: string): boolean {
  return (
    /reasoning_content/.test(whole) &&
    /unsupported|not (?:supported|permitted|allowed)|unexpected|unknown|unrecogni[sz]ed|extra|additional|invalid/i.test(whole)
  );
}
