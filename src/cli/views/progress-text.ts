/** How far the prompt is read. */
export function readingText({ processed, total }: { processed: number; total: number }): string {
  const percent = total === 0 ? 100 : Math.floor((processed / total) * 100);
  return `reading the prompt, ${percent} % of ${total} tokens`;
}

/** So many tokens, and how fast they come where that is known. */
export function tokensText(tokens: number, milliseconds: number | undefined): string {
  const speed = milliseconds === undefined || milliseconds <= 0 ? '' : `, ${((tokens / milliseconds) * 1000).toFixed(1)} tokens/s`;
  return `${tokens} tokens${speed}`;
}
