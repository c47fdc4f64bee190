import { describe, expect, it } from 'vitest';
import { programFileFor } from '../../../src/agents/plans/program-file-for.ts';

describe('the file of a program that has no name', () => {
  it.each([
    ['is called what the examples import', 'A trie in Python.\n\n```python\nfrom prefixes import Trie\n```', 'prefixes.py'],
    ['in a folder, where they import it from one', 'Use it as `from birds.song import listen`.', 'birds/song.py'],
    ['not what comes with the language', 'It may use `import json`. Write a Python script.', 'main.py'],
    ['is called what the text calls it', 'I want a tool called `egg-timer`, in Python.', 'egg_timer.py'],
    ['in its language', 'A Node module `tides` that tells the tide.', 'tides.js'],
    ['keeps the name that tools look for', 'A Rust program `tides`.', 'main.rs'],
    ['is a page in the browser', 'A web page with a command `ring`.', 'index.html'],
    ['is Python where nobody chose', 'Count my hens.', 'main.py'],
  ])('%s', (_, requirement, expected) => {
    expect(programFileFor(requirement)).toBe(expected);
  });
});
