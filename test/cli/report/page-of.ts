import { type DefaultTreeAdapterTypes, parse } from 'parse5';

export type Element = DefaultTreeAdapterTypes.Element;

/** Every element of a page as a browser reads it, in its order. */
export function elementsOf(page: string): Element[] {
  const elements: Element[] = [];
  const walk = (node: DefaultTreeAdapterTypes.ParentNode) => {
    for (const child of node.childNodes) {
      if (!('tagName' in child)) continue;
      elements.push(child);
      walk(child);
    }
  };
  walk(parse(page));
  return elements;
}

export function attributeOf({ attrs }: Element, name: string): string | undefined {
  return attrs.find((attribute) => attribute.name === name)?.value;
}

/** The text of an element and of those within it. */
export function textOf(node: DefaultTreeAdapterTypes.ParentNode): string {
  return node.childNodes.map((child) => ('value' in child ? child.value : 'childNodes' in child ? textOf(child) : '')).join('');
}

const tags = new Set(
  'html head meta title style body a header h1 h2 h3 p nav ul ol li main section dl div dt dd strong em s code pre q time details summary span svg defs marker path g rect text line circle table caption thead tbody tr th td figure figcaption article blockquote ins del br hr'.split(
    ' ',
  ),
);
const attributes = new Set(
  'lang charset http-equiv content name class href id aria-labelledby aria-label aria-level role tabindex datetime dir scope rel open width height viewBox x y x1 x2 y1 y2 cx cy r rx d transform refX refY markerWidth markerHeight orient marker-end'.split(
    ' ',
  ),
);

/** What a page holds that no page of ours does: another element or attribute, or a link that leads anywhere but within the page or to the web. */
export function strangersIn(page: string): string[] {
  return elementsOf(page).flatMap((element) => [
    ...(tags.has(element.tagName) ? [] : [`<${element.tagName}>`]),
    ...element.attrs.flatMap(({ name, value }) => {
      if (!attributes.has(name)) return [`${element.tagName} ${name}`];
      return name === 'href' && !/^(?:#[\w-]+|https?:\/\/[^@]+)$/.test(value) ? [`href ${value}`] : [];
    }),
  ]);
}
