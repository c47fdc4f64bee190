'use strict';

/** How many stitches the widest row has. */
function width(rows) {
  return rows.reduce((widest, row) => Math.max(widest, row.length), 0);
}

/** How often a sign occurs in the chart. */
function countStitches(rows, sign) {
  let count = 0;
  for (const row of rows) {
    for (const stitch of row) {
      if (stitch === sign) count += 1;
    }
  }
  return count;
}

/** The chart as a text; knitters read from the bottom, so the last row comes first. */
function draw(rows) {
  return [...rows].reverse().join('\n');
}

/** The chart seen in a mirror. */
function mirror(rows) {
  return rows.map((row) => [...row].reverse().join(''));
}

/** The chart several times side by side. */
function repeat(rows, times) {
  if (times < 1) throw new RangeError('a chart is repeated at least once');
  return rows.map((row) => row.repeat(times));
}

module.exports = { width, countStitches, draw, mirror, repeat };
