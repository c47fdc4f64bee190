/** Straight down through the layers that a line passes, and curved between them. */
export function curvedPath(points: readonly { x: number; y: number }[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  let last = first;
  const parts = rest.map((point) => {
    const middle = pixels((last.y + point.y) / 2);
    const part = `C${pixels(last.x)} ${middle} ${pixels(point.x)} ${middle} ${pixels(point.x)} ${pixels(point.y)}`;
    last = point;
    return part;
  });
  return `M${pixels(first.x)} ${pixels(first.y)}${parts.join('')}`;
}

/** To a tenth: more nobody sees. */
export function pixels(value: number): string {
  return String(Math.round(value * 10) / 10);
}
