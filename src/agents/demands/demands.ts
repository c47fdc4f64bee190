/** What a requirement asks for by name: found by our own code, so that nobody has to trust a model with it. */
export interface Demands {
  /** Files that are to be written and are not there yet, in the order of their naming. */
  files: string[];
  /** Project files that the requirement names, in that order. */
  named: string[];
  /** Those of `named` that a sentence asks to change. */
  changed: string[];
  /** Those of `named` that are to stay as they are. */
  kept: string[];
  /** Functions, classes and methods that are named as such. */
  names: string[];
}
