/*
 * Which framework, which version, handler or complete: in the address, and remembered in this browser.
 */
import type { Form, SnippetTarget } from "../engine/written";
import type { Store } from "./storage";

export interface Choice {
  /** Id of a target; empty: the first there is. */
  readonly target: string;
  readonly form: Form;
  /** Id of a target to stand beside it; empty for none. */
  readonly against: string;
}

export const FIRST: Choice = { target: "", form: "handler", against: "" };

const KEY = "statuslab:snippet:1";

/** "express-5+complete+vs+django". */
export function choiceText({ target, form, against }: Choice): string {
  return [target, ...(form === "complete" ? ["complete"] : []), ...(against === "" ? [] : ["vs", against])].join("+");
}

export function readChoice(text: string): Choice {
  const [target = "", ...more] = text.split("+");
  const id = (word: string): string => (/^[\w.-]*$/.test(word) ? word : "");
  return { target: id(target), form: more[0] === "complete" ? "complete" : "handler", against: more.includes("vs") ? id(more[more.indexOf("vs") + 1] ?? "") : "" };
}

/** What stood beside it is not kept: who comes back comes for one. */
export function saveChoice(store: Store | null, choice: Choice, versions: Readonly<Record<string, string>>): void {
  try {
    store?.setItem(KEY, JSON.stringify({ choice: choiceText({ ...choice, against: "" }), versions }));
  } catch {
    // The choice holds until the page is closed.
  }
}

export interface Remembered {
  readonly choice: Choice;
  /** The version that was chosen last, by framework. */
  readonly versions: Readonly<Record<string, string>>;
}

export function loadChoice(store: Store | null): Remembered {
  try {
    const value: unknown = JSON.parse(store?.getItem(KEY) ?? "null");
    if (typeof value !== "object" || value === null || !("choice" in value) || !("versions" in value)) return { choice: FIRST, versions: {} };
    const { choice, versions } = value;
    const known = typeof versions === "object" && versions !== null ? Object.entries(versions).filter((entry): entry is [string, string] => typeof entry[1] === "string") : [];
    return { choice: typeof choice === "string" ? readChoice(choice) : FIRST, versions: Object.fromEntries(known) };
  } catch {
    return { choice: FIRST, versions: {} };
  }
}

/** The target that is meant: by id, or the newest of its framework, or the first of all. */
export function targetOf({ target }: Choice, targets: readonly SnippetTarget[]): SnippetTarget | null {
  return targets.find(({ id }) => id === target) ?? targets.find(({ framework }) => framework === target) ?? targets[0] ?? null;
}

/** The frameworks in their order, each with its versions. */
export function frameworksOf(targets: readonly SnippetTarget[]): { readonly framework: string; readonly name: string; readonly targets: readonly SnippetTarget[] }[] {
  return [...new Set(targets.map(({ framework }) => framework))].map((framework) => {
    const own = targets.filter((target) => target.framework === framework);
    return { framework, name: own[0]?.name ?? framework, targets: own };
  });
}

/** What a click on a framework's tab leads to: the version that was used last. */
export function versionFor(framework: string, targets: readonly SnippetTarget[], versions: Readonly<Record<string, string>>): SnippetTarget | null {
  const own = targets.filter((target) => target.framework === framework);
  return own.find(({ id }) => id === versions[framework]) ?? own[0] ?? null;
}
