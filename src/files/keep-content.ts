/**
 * Keeps a content and resolves to its SHA-256. `full`: it is on the disk by then, because what holds it otherwise is about to be overwritten; `normal`, the default:
 * it can be made again from the reply.
 */
export type KeepContent = (content: Uint8Array, durability?: 'full' | 'normal') => Promise<string>;
