export class WrongUse extends Error {}

// All options take a whole number.
export function words(given, count, defaults) {
  const options = { ...defaults };
  const names = [];
  for (let index = 0; index < given.length; index += 1) {
    if (!given[index].startsWith('--')) {
      names.push(given[index]);
      continue;
    }
    const name = given[index].slice(2);
    if (!(name in defaults)) throw new WrongUse(`no such option: --${name}`);
    index += 1;
    options[name] = Number(given[index]);
    if (!Number.isInteger(options[name])) throw new WrongUse(`--${name} needs a whole number`);
  }
  if (names.length !== count) throw new WrongUse(`${count} names expected, ${names.length} given`);
  return { names, options };
}
