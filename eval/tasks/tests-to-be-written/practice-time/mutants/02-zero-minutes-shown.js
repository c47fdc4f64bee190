const FORM = /^(?:(\d+)h)? ?(?:(\d+)m)?$/i;

/**
 * Minutes from a text with hours, minutes or both: "2h", "45m", "1h 30m".
 *
 * The letters may be in upper case ("1H 30M"), and the space between hours and minutes
 * may be missing ("1h30m"). Without hours there may be more than 59 minutes ("90m").
 * With hours, more than 59 minutes throw a RangeError ("1h 75m").
 * Anything else throws a SyntaxError: no hours and no minutes (""), a number without a
 * letter ("90"), other words before or after ("45m daily"), a negative number ("-5m").
 */
export function parseMinutes(text) {
  const found = FORM.exec(text);
  if (!found || text !== text.trim() || text === "") {
    throw new SyntaxError(`not a practice time: ${text}`);
  }
  const [, hours, minutes] = found;
  if (hours !== undefined && Number(minutes ?? 0) > 59) {
    throw new RangeError(`more than 59 minutes beside hours: ${text}`);
  }
  return Number(hours ?? 0) * 60 + Number(minutes ?? 0);
}

/**
 * The text for a number of minutes: 90 gives "1h 30m".
 *
 * Hours or minutes that are 0 are left out: 60 gives "1h", 45 gives "45m"; only 0 itself
 * gives "0m". A number that is negative or not whole throws a RangeError.
 */
export function formatMinutes(minutes) {
  if (!Number.isInteger(minutes) || minutes < 0) {
    throw new RangeError(`not a number of minutes: ${minutes}`);
  }
  const parts = [];
  if (minutes >= 60) {
    parts.push(`${Math.floor(minutes / 60)}h`);
  }
  if (minutes >= 0) {
    parts.push(`${minutes % 60}m`);
  }
  return parts.join(" ");
}
