/** Making elements in one line. Text always goes in as text, never as markup. */
export type Child = Node | string | undefined | null | false;

export interface Props {
  class?: string;
  [attribute: string]: string | number | boolean | undefined | ((event: never) => void);
}

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) setProperty(element, name, value);
  add(element, children);
  return element;
}

function setProperty(element: Element, name: string, value: Props[string]): void {
  if (value === undefined || value === false) return;
  if (typeof value === 'function') element.addEventListener(name.slice(2), value as EventListener);
  else element.setAttribute(name, value === true ? '' : String(value));
}

function add(element: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child !== undefined && child !== null && child !== false) element.append(child);
  }
}

const svgNamespace = 'http://www.w3.org/2000/svg';

/** A 20-pixel line drawing, hidden from screen readers: the button around it has the name. */
export function icon(path: string, options: { fill?: boolean } = {}): SVGSVGElement {
  const svg = document.createElementNS(svgNamespace, 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('class', options.fill === true ? 'icon icon-fill' : 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const shape = document.createElementNS(svgNamespace, 'path');
  shape.setAttribute('d', path);
  svg.append(shape);
  return svg;
}

/** A value that keeps its left-to-right order inside Arabic. */
export function ltr(text: string, className = ''): HTMLElement {
  return h('bdi', { dir: 'ltr', class: `value ${className}`.trim() }, text);
}

/** Changes text only when it differs, so that screen readers and the layout are left in peace. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

export function setAttribute(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
