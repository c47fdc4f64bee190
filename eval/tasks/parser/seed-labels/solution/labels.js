export function readLabel(text) {
  const label = {};
  for (const part of text.split(';').map((piece) => piece.trim())) {
    if (part === '') continue;
    const [name, ...rest] = part.split('=');
    const key = name.trim().toLowerCase();
    if (key === '') throw new Error(`no name: ${part}`);
    label[key] = rest.length === 0 ? true : valueOf(rest.join('=').trim());
  }
  return label;
}

export function writeLabel(label) {
  return Object.entries(label)
    .map(([name, value]) => (value === true ? name : `${name}=${value}`))
    .join('; ');
}

function valueOf(text) {
  return /^[0-9]+$/.test(text) ? Number(text) : text;
}
