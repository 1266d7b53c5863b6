/*
 * Places in a JSON text: from a pointer to a range, and from an offset to a path. The text may be half written.
 */
import type { SyntaxNode, Tree } from "@lezer/common";

export interface Range {
  readonly from: number;
  readonly to: number;
}

export type Path = readonly (string | number)[];

export type Place =
  /** A name belongs here, of a member of the object at `path`; `others` are there already. */
  | { readonly kind: "name"; readonly path: Path; readonly others: readonly string[] }
  | { readonly kind: "value"; readonly path: Path };

/** RFC 6901. */
export function pointerPath(pointer: string): string[] {
  return pointer === "" ? [] : pointer.slice(1).split("/").map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The value that the pointer leads to; of what is not there, the nearest that is. */
export function rangeOf(tree: Tree, text: string, pointer: string): Range {
  let node = tree.topNode.firstChild;
  if (node === null) return { from: 0, to: text.length };
  for (const key of pointerPath(pointer)) {
    const next: SyntaxNode | null = node.name === "Object" ? memberOf(node, key, text) : node.name === "Array" ? (elementsOf(node)[Number(key)] ?? null) : null;
    if (next === null) return firstOf(node);
    node = next;
  }
  return node.name === "Object" || node.name === "Array" ? firstOf(node) : { from: node.from, to: node.to };
}

/** Of an object or a list its bracket: all of it would hide what is wrong. */
function firstOf(node: SyntaxNode): Range {
  return { from: node.from, to: Math.min(node.to, node.from + 1) };
}

function memberOf(object: SyntaxNode, key: string, text: string): SyntaxNode | null {
  for (const property of object.getChildren("Property")) {
    const name = property.getChild("PropertyName");
    if (name !== null && nameOf(name, text) === key) return property.lastChild !== name ? property.lastChild : name;
  }
  return null;
}

function elementsOf(array: SyntaxNode): SyntaxNode[] {
  const elements: SyntaxNode[] = [];
  for (let child = array.firstChild; child !== null; child = child.nextSibling) if (/^[A-Z]\w+$/.test(child.name)) elements.push(child);
  return elements;
}

function nameOf(node: SyntaxNode, text: string): string {
  const written = text.slice(node.from, node.to);
  try {
    return String(JSON.parse(written));
  } catch {
    return written.replaceAll('"', "");
  }
}

export function pathAt(tree: Tree, text: string, offset: number): Place {
  const inner = tree.resolveInner(offset, -1);
  const property = nearest(inner, "Property", "Object", "Array");
  if (property?.name === "Property") {
    const name = property.getChild("PropertyName");
    if (name !== null && offset > name.to) return { kind: "value", path: pathOf(property, text) };
    return { kind: "name", path: parentPath(property, text), others: namesOf(property.parent, text, property) };
  }
  if (property?.name === "Object") return { kind: "name", path: pathOf(property, text), others: namesOf(property, text, null) };
  if (property?.name === "Array") {
    const before = elementsOf(property).filter((element) => element.to < offset).length;
    return { kind: "value", path: [...pathOf(property, text), before] };
  }
  return { kind: "value", path: [] };
}

function nearest(node: SyntaxNode | null, ...names: readonly string[]): SyntaxNode | null {
  for (let at = node; at !== null; at = at.parent) if (names.includes(at.name)) return at;
  return null;
}

function namesOf(object: SyntaxNode | null, text: string, except: SyntaxNode | null): string[] {
  return (object?.getChildren("Property") ?? []).flatMap((property) => {
    const name = property.from === except?.from ? null : property.getChild("PropertyName");
    return name === null ? [] : [nameOf(name, text)];
  });
}

/** Of the value that the node is, or that the property has. */
function pathOf(node: SyntaxNode, text: string): (string | number)[] {
  if (node.name === "Property") {
    const name = node.getChild("PropertyName");
    return [...parentPath(node, text), name === null ? "" : nameOf(name, text)];
  }
  return parentPath(node, text);
}

function parentPath(node: SyntaxNode, text: string): (string | number)[] {
  const { parent } = node;
  if (parent === null) return [];
  if (parent.name === "Property") return pathOf(parent, text);
  if (parent.name === "Array") return [...pathOf(parent, text), elementsOf(parent).findIndex((element) => element.from === node.from)];
  return parent.name === "Object" && node.name === "Property" ? pathOf(parent, text) : parentPath(parent, text);
}
