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

module.exports = { width, countStitches, draw };
