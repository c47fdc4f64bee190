/** A text without the characters at its end that `characters`, an expression for one character, fits. Linear, as an expression for a whole end is not. */
export function trimEndOf(text: string, characters: RegExp): string {
  let end = text.length;
  while (end > 0 && characters.test(text[end - 1]!)) end -= 1;
  return text.slice(0, end);
}
