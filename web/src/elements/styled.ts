/*
 * Styles that are computed: set one by one, which the page's policy allows, never as a style attribute, which it refuses.
 */
import { nothing } from "lit";
import { Directive, directive, type ElementPart } from "lit/directive.js";

type Styles = Readonly<Record<string, string>>;

class Styled extends Directive {
  #before: Styles = {};

  render(_styles: Styles): typeof nothing {
    return nothing;
  }

  override update(part: ElementPart, [styles]: [Styles]): typeof nothing {
    const { style } = part.element as HTMLElement;
    for (const [name, value] of Object.entries(styles)) if (this.#before[name] !== value) style.setProperty(name, value);
    this.#before = styles;
    return nothing;
  }
}

export const styled = directive(Styled);
