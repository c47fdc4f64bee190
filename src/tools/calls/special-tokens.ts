/**
 * Tokens in which models think of turns and channels, with the words that belong to them: `<|start|>assistant<|channel|>final<|message|>`. Where a server leaves them in
 * a reply, they are no text.
 */
const specialTokens =
  /<[|｜](?:start|im_start|start_header_id)[|｜]>(?:assistant|user|system|tool)?|<[|｜]channel[|｜]>(?:analysis|commentary|final)?|<[|｜][\w▁-]{1,40}[|｜]>/g;

export function withoutSpecialTokens(line: string): string {
  return line.includes('<') ? line.replaceAll(specialTokens, '') : line;
}
