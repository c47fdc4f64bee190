/** What a program prints, up to a limit: the beginning and the end, and how much is missing between them. */
export class CappedOutput {
  readonly #half: number;
  #head = Buffer.alloc(0);
  #tail: Buffer[] = [];
  #tailBytes = 0;
  #leftOut = 0;
  /** How many have arrived. */
  bytes = 0;

  /** @param bytes How many to keep in all. */
  constructor(bytes: number) {
    this.#half = Math.floor(bytes / 2);
  }

  add(chunk: Buffer): void {
    this.bytes += chunk.byteLength;
    const toHead = chunk.subarray(0, Math.max(0, this.#half - this.#head.byteLength));
    if (toHead.byteLength > 0) this.#head = Buffer.concat([this.#head, toHead]);
    const rest = chunk.subarray(toHead.byteLength);
    if (rest.byteLength === 0) return;
    this.#tail.push(rest);
    this.#tailBytes += rest.byteLength;
    // Cut in large steps, so that many small chunks cost no more than few large ones.
    if (this.#tailBytes > this.#half * 4) this.#cut();
  }

  /** The output as text. A character that was cut in half becomes a replacement character. */
  get text(): string {
    this.#cut();
    const gap = this.#leftOut === 0 ? '' : `\n… ${this.#leftOut} bytes left out …\n`;
    if (gap === '') return Buffer.concat([this.#head, ...this.#tail]).toString('utf8');
    return `${this.#head.toString('utf8')}${gap}${Buffer.concat(this.#tail).toString('utf8')}`;
  }

  #cut(): void {
    const excess = this.#tailBytes - this.#half;
    if (excess <= 0) return;
    this.#tail = [Buffer.from(Buffer.concat(this.#tail).subarray(excess))];
    this.#tailBytes = this.#half;
    this.#leftOut += excess;
  }
}
