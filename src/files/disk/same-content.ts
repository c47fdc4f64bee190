/** Whether two files hold the same bytes; a file that is not there is the same only as another that is not. */
export function sameContent(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a === undefined || b === undefined ? a === b : Buffer.compare(a, b) === 0;
}
