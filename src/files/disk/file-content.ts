/** A text as it is written to the disk. */
export function toBytes(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : content;
}

/** Whether two files have the same bytes. A missing file is the same only as another missing file. */
export function sameContent(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a === undefined || b === undefined ? a === b : Buffer.compare(a, b) === 0;
}

/** How a script begins that the system can run directly. `#![…]` is an attribute in Rust. */
const beginning = /^#![ \t]*\//;

/** Whether a file begins with a line that names its interpreter. */
export function isScript(content: Uint8Array): boolean {
  return beginning.test(Buffer.from(content.subarray(0, 32)).toString('latin1'));
}
