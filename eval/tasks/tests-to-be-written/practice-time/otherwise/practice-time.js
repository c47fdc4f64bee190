export const parseMinutes = (text) => {
  const both = /^([0-9]+)h ?([0-9]+)m$/i.exec(text);
  const hours = /^([0-9]+)h$/i.exec(text);
  const minutes = /^([0-9]+)m$/i.exec(text);
  if (minutes) return +minutes[1];
  if (hours) return 60 * +hours[1];
  if (!both) throw new SyntaxError(`not a practice time: ${text}`);
  if (+both[2] >= 60) throw new RangeError(`more than 59 minutes beside hours: ${text}`);
  return 60 * +both[1] + +both[2];
};

export const formatMinutes = (minutes) => {
  if (typeof minutes !== "number" || !(minutes >= 0) || minutes % 1 !== 0) {
    throw new RangeError(`not a number of minutes: ${minutes}`);
  }
  const rest = minutes % 60;
  const hours = (minutes - rest) / 60;
  if (hours === 0) return `${rest}m`;
  return rest === 0 ? `${hours}h` : `${hours}h ${rest}m`;
};
