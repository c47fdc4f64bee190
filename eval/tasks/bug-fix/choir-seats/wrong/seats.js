'use strict';

/** How many rows are needed for so many singers. */
function rowsNeeded(singers, perRow) {
  return Math.ceil(singers / perRow);
}

/** The label of a seat, such as B3. Singers are counted from 0. */
function seatLabel(singer, perRow) {
  const row = String.fromCharCode(65 + Math.floor((singer + 1) / perRow));
  const seat = (singer % perRow) + 1;
  return row + seat;
}

/** One line for each singer, such as "B3 Maja". */
function seatingPlan(names, perRow) {
  const plan = [];
  for (let singer = 0; singer < names.length; singer += 1) {
    plan.push(seatLabel(singer, perRow) + ' ' + names[singer]);
  }
  return plan;
}

module.exports = { rowsNeeded, seatLabel, seatingPlan };
