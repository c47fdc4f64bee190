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

function mirror(rows) {
  for (let i = 0; i < rows.length; i++) {
    rows[i] = rows[i].split('').reverse().join('');
  }
  return rows;
}

function repeat(rows, times) {
  if (times < 1) {
    throw new Error('times must be at least 1');
  }
  return rows.map((row) => row.repeat(times));
}

module.exports = { width, countStitches, draw, mirror, repeat };
