import { load } from './shelf.js';

// Not finished: writes the shelf as lines for a label printer.
export function exportLabels({ format = 'plain', copies = 2 }) {
  return Object.keys(load()).flatMap((key) => Array.from({ length: copies }, () => `${format}:${key}`));
}
