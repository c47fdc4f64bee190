import { load, save } from './shelf.js';
import { words } from './words.js';

// Puts jars on the shelf. A kind that is there already gets more jars.
function put(given) {
  const { names, options } = words(given, 1, { jars: 6, year: 2025 });
  const shelf = load();
  const key = `${names[0]} ${options.year}`;
  shelf[key] = (shelf[key] ?? 0) + options.jars;
  save(shelf);
  return 0;
}

// Lists what is there, the fullest first. Add --csv for a spreadsheet.
function list(given) {
  const { options } = words(given, 0, { least: 1 });
  const rows = Object.entries(load()).filter(([, jars]) => jars >= options.least);
  for (const [key, jars] of rows.sort((one, other) => other[1] - one[1])) console.log(`${jars} x ${key}`);
  return 0;
}

// Takes jars of a kind from the shelf, the oldest year first.
function eat(given) {
  const { names, options } = words(given, 1, { jars: 1 });
  const shelf = load();
  const keys = Object.keys(shelf).filter((key) => key.startsWith(`${names[0]} `)).sort();
  let left = options.jars;
  for (const key of keys) {
    const taken = Math.min(left, shelf[key]);
    shelf[key] -= taken;
    left -= taken;
  }
  if (left > 0) {
    console.error(`jam: ${left} too few`);
    return 3;
  }
  save(shelf);
  return 0;
}

export const commands = { put, list, eat };

export const otherNames = { ls: 'list', open: 'eat' };
