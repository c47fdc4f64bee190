import type { SourceFile } from '../code-finding.ts';

const extensions = ['', '.js', '.mjs', '.cjs', '.ts', '.mts', '.cts', '.tsx', '.jsx', '.d.ts', '.json', '.vue', '.svelte', '.node'];

/** The file that an import of a place means: with its ending or without, of JavaScript or of the TypeScript that it is made from, or the entrance of a folder. */
export function fileAtPlace(place: string, siblings: readonly SourceFile[]): SourceFile | undefined {
  const asTypeScript = [
    place.replace(/\.js$/, '.ts'),
    place.replace(/\.js$/, '.tsx'),
    place.replace(/\.([mc])js$/, '.$1ts'),
    place.replace(/\.jsx$/, '.tsx'),
  ];
  const places = [
    ...extensions.map((extension) => place + extension),
    ...asTypeScript,
    ...extensions.slice(1).map((extension) => `${place}/index${extension}`.replace(/^\//, '')),
  ];
  const folder = `${place}/package.json`;
  return siblings.find(({ path }) => places.includes(path)) ?? siblings.find(({ path }) => path === folder);
}
