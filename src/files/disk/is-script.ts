/** How a script begins that the system can run by itself. `#![…]` is an attribute of Rust. */
const beginning = /^#![ \t]*\//;

/** Whether a file begins with a line that names its interpreter. */
export function isScript(content: Uint8Array): boolean {
  return beginning.test(Buffer.from(content.subarray(0, 32)).toString('latin1'));
}
