import { existsSync, readFileSync, writeFileSync } from 'node:fs';

export class DamagedShelf extends Error {}

const file = process.env.JAM_SHELF ?? 'shelf.json';

export function load() {
  if (!existsSync(file)) return {};
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new DamagedShelf(`${file} is damaged`);
  }
}

export function save(shelf) {
  writeFileSync(file, JSON.stringify(shelf));
}
