export type Marker = { name: string; kilometre: number };

/** The markers in the order in which a walker meets them. */
export function inOrder(markers: Marker[]): Marker[] {
  return markers.sort((a, b) => a.kilometre - b.kilometre);
}

/** The first marker ahead of a walker. */
export function nextMarker(markers: Marker[], walkerAt: number): Marker | undefined {
  return inOrder(markers).find((marker) => marker.kilometre > walkerAt);
}

/** One line about a marker, such as "km 4.5: Old oak". */
export function describe(marker: Marker): string {
  return `km ${marker.kilometre.toFixed(1)}: ${marker.name}`;
}
