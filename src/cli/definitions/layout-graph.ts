/** The place of a box on a plane; pixels, from the left and the top. */
export interface Box {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface GraphLayout {
  width: number;
  height: number;
  boxes: Box[];
  /** The points of each line from a box to one that depends on it, from the first's lower edge to the other's upper edge. */
  lines: { x: number; y: number }[][];
}

export interface LayoutNode {
  id: string;
  dependsOn: readonly string[];
  width: number;
  height: number;
}

export interface LayoutOptions {
  /** Pixels between boxes beside each other. */
  beside: number;
  /** Pixels between layers. */
  below: number;
}

/** A box, or a place that a long line keeps free in a layer that it passes. */
interface Slot {
  /** Absent: it belongs to a line. */
  node: LayoutNode | undefined;
  width: number;
  above: Slot[];
  under: Slot[];
  x: number;
}

/** Beyond this, long lines keep no place free. */
const mostKeptFree = 5000;
const sweeps = 4;

/**
 * A graph without circles in layers: each node below all that it depends on. Lines that pass layers keep a place free there, so that none runs through a box;
 * the order in a layer follows that of the neighbours above and below (barycentres).
 */
export function layoutGraph(nodes: readonly LayoutNode[], { beside, below }: LayoutOptions): GraphLayout {
  const depths = depthsOf(nodes);
  const layers: Slot[][] = Array.from({ length: Math.max(0, ...depths.values()) + 1 }, () => []);
  const slots = new Map<string, Slot>();
  const slotIn = (depth: number, node: LayoutNode | undefined): Slot => {
    const slot: Slot = { node, width: node?.width ?? 0, above: [], under: [], x: 0 };
    layers[depth]?.push(slot);
    return slot;
  };
  for (const node of nodes) slots.set(node.id, slotIn(depths.get(node.id) ?? 0, node));
  let keptFree = 0;
  const ways: Slot[][] = [];
  for (const node of nodes) {
    for (const needed of node.dependsOn) {
      const [from, to] = [slots.get(needed), slots.get(node.id)];
      if (from === undefined || to === undefined) continue;
      const way = [from];
      for (let depth = (depths.get(needed) ?? 0) + 1; depth < (depths.get(node.id) ?? 0) && keptFree < mostKeptFree; depth += 1) {
        way.push(slotIn(depth, undefined));
        keptFree += 1;
      }
      way.push(to);
      for (const [index, slot] of way.entries()) {
        const next = way[index + 1];
        if (next === undefined) continue;
        slot.under.push(next);
        next.above.push(slot);
      }
      ways.push(way);
    }
  }
  orderLayers(layers);
  return placed({ layers, ways, beside, below });
}

function depthsOf(nodes: readonly LayoutNode[]): Map<string, number> {
  const depths = new Map<string, number>();
  // Each stands after what it depends on.
  for (const { id, dependsOn } of nodes) depths.set(id, Math.max(0, ...dependsOn.map((needed) => (depths.get(needed) ?? -1) + 1)));
  return depths;
}

function orderLayers(layers: Slot[][]): void {
  const number = (layer: Slot[]) => {
    for (const [index, slot] of layer.entries()) slot.x = index - (layer.length - 1) / 2;
  };
  for (const layer of layers) number(layer);
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const downwards = sweep % 2 === 0;
    for (const layer of downwards ? layers : layers.toReversed()) {
      const wanted = new Map(layer.map((slot) => [slot, middleOf(downwards ? slot.above : slot.under) ?? slot.x]));
      layer.sort((one, other) => (wanted.get(one) ?? 0) - (wanted.get(other) ?? 0));
      number(layer);
    }
  }
}

function middleOf(slots: readonly Slot[]): number | undefined {
  return slots.length === 0 ? undefined : slots.reduce((sum, { x }) => sum + x, 0) / slots.length;
}

function placed({ layers, ways, beside, below }: { layers: Slot[][]; ways: Slot[][] } & LayoutOptions): GraphLayout {
  const widths = layers.map((layer) => layer.reduce((sum, slot) => sum + slot.width, 0) + Math.max(0, layer.length - 1) * beside);
  const width = Math.max(0, ...widths);
  const boxes: Box[] = [];
  const tops = new Map<Slot, { top: number; bottom: number; floor: number }>();
  let y = 0;
  for (const [index, layer] of layers.entries()) {
    const height = Math.max(0, ...layer.map(({ node }) => node?.height ?? 0));
    let x = (width - (widths[index] ?? 0)) / 2;
    for (const slot of layer) {
      slot.x = x + slot.width / 2;
      const own = slot.node?.height ?? height;
      tops.set(slot, { top: y, bottom: y + own, floor: y + height });
      if (slot.node !== undefined) boxes.push({ id: slot.node.id, x, y, width: slot.width, height: own });
      x += slot.width + beside;
    }
    y += height + below;
  }
  const lines = ways.map((way) =>
    way.flatMap((slot, index) => {
      const { top = 0, bottom = 0, floor = 0 } = tops.get(slot) ?? {};
      // Beside a higher box a line goes straight down first.
      if (index === 0) return [bottom, ...(floor > bottom ? [floor] : [])].map((at) => ({ x: slot.x, y: at }));
      if (index === way.length - 1) return [{ x: slot.x, y: top }];
      return [
        { x: slot.x, y: top },
        { x: slot.x, y: bottom },
      ];
    }),
  );
  return { width, height: Math.max(0, y - below), boxes, lines };
}
