/** A server sent more than any answer needs. */
export class TooMuchSaid extends Error {}

/** An answer in one piece is far shorter. */
const mostCharacters = 16 * 1024 * 1024;

/** The whole text of an answer. Nothing beyond the bound is read. @throws TooMuchSaid; what reading throws. */
export async function boundedText(response: Response, most = mostCharacters): Promise<string> {
  let text = '';
  for await (const piece of textPieces(response)) {
    text += piece;
    if (text.length > most) throw new TooMuchSaid(`it answers with more than ${most} characters`);
  }
  return text;
}

/** As `boundedText`, but what is beyond the bound is left out. */
export async function beginningOfText(response: Response, most: number): Promise<string> {
  let text = '';
  for await (const piece of textPieces(response)) {
    text += piece;
    if (text.length >= most) break;
  }
  return text.slice(0, most);
}

/** The text of an answer as it arrives. Leaving it closes the connection. */
export async function* textPieces(response: Response): AsyncGenerator<string> {
  if (response.body === null) return;
  const decoder = new TextDecoder();
  for await (const bytes of response.body as unknown as AsyncIterable<Uint8Array>) yield decoder.decode(bytes, { stream: true });
  yield decoder.decode();
}
