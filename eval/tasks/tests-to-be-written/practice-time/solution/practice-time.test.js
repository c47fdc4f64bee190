import assert from "node:assert/strict";
import { test } from "node:test";

import { formatMinutes, parseMinutes } from "./practice-time.js";

const allowed = [
  ["2h", 120],
  ["45m", 45],
  ["1h 30m", 90],
  ["1H 30M", 90],
  ["1h30m", 90],
  ["90m", 90],
  ["1h 59m", 119],
  ["0m", 0],
];
for (const [text, minutes] of allowed) {
  test(`"${text}" is ${minutes} minutes`, () => {
    assert.equal(parseMinutes(text), minutes);
  });
}

for (const text of ["1h 60m", "1h 75m"]) {
  test(`"${text}" has too many minutes beside hours`, () => {
    assert.throws(() => parseMinutes(text), RangeError);
  });
}

for (const text of ["", "90", "45m daily", "about 45m", "-5m", "soon"]) {
  test(`"${text}" is no practice time`, () => {
    assert.throws(() => parseMinutes(text), SyntaxError);
  });
}

for (const [minutes, text] of [[0, "0m"], [45, "45m"], [60, "1h"], [90, "1h 30m"], [119, "1h 59m"]]) {
  test(`${minutes} minutes are "${text}"`, () => {
    assert.equal(formatMinutes(minutes), text);
  });
}

for (const minutes of [-1, 1.5]) {
  test(`${minutes} is no number of minutes`, () => {
    assert.throws(() => formatMinutes(minutes), RangeError);
  });
}
