/** Where a server answers beside the shared protocol: its address without `/v1`. */
export function serverRoot(address: string): string {
  return address.replace(/\/v1$/, '');
}
