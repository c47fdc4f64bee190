/** What is used here of a package that comes without types. */
declare module 'picomatch' {
  interface Options {
    dot?: boolean;
    nonegate?: boolean;
    maxLength?: number;
  }

  function picomatch(patterns: string | readonly string[], options?: Options): (path: string) => boolean;

  namespace picomatch {
    /** `base`: the part before the first wildcard, up to a `/`. */
    function scan(pattern: string): { isGlob: boolean; base: string };
  }

  export default picomatch;
}
