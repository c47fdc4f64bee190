/** A text as it goes to the disk. */
export function toBytes(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : content;
}

/** Whether two files hold the same bytes; a file that is not there is the same only as another that is not. */
export function sameContent(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a === undefined || b === undefined ? a === b : Buffer.compare(a, b) === 0;
}

/** How a script begins that the system can run by itself. `#![…]` is an attribute of Rust. */
const beginning = /^#![ \t]*\//;

/** Whether a file begins with a line that names its interpreter. */
export function isScript(content: Uint8Array): boolean {
  return beginning.test(Buffer.from(content.subarray(0, 32)).toString('latin1'));
}
