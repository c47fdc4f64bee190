/**
 * A page with its generated regions, each between `<!-- generated: name -->` and `<!-- end -->`, as the code is now; what is written by hand stays.
 * @throws Error if a region is missing, twice there, or unknown.
 */
export function writeRegions(page: string, regions: Readonly<Record<string, () => string>>): string {
  const found: string[] = [];
  const fresh = page.replaceAll(/(<!-- generated: (.+?) -->\n)[^]*?(<!-- end -->)/g, (_, begin: string, name: string, end: string) => {
    const write = regions[name];
    if (write === undefined) throw new Error(`The page asks for "${name}", which nothing generates.`);
    found.push(name);
    return `${begin}\n${write()}\n\n${end}`;
  });
  for (const name of Object.keys(regions)) {
    const times = found.filter((other) => other === name).length;
    if (times !== 1) throw new Error(`The page has ${times} places for "${name}"; it needs one.`);
  }
  return fresh;
}
