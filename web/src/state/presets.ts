/*
 * The examples. Each is a file in content/presets; its name is its id.
 */
import { fromBytes } from "../engine/bytes";
import type { Language } from "../engine/catalog";
import type { Exchange, Scheme } from "../engine/model";

export const STORIES = ["after", "framing", "promise", "conditions", "syntax", "several", "fine"] as const;
export type Story = (typeof STORIES)[number];

/** As it stands in the file. Lists of strings are joined as they are: every line end is spelled out; \xNN is a raw byte. */
export interface PresetFile {
  readonly story: Story;
  readonly order: number;
  readonly title: Readonly<Record<Language, string>>;
  readonly text: Readonly<Record<Language, string>>;
  readonly scheme: Scheme;
  readonly request: readonly string[];
  readonly response: readonly string[];
}

export interface Preset {
  readonly id: string;
  readonly story: Story;
  readonly order: number;
  readonly title: Readonly<Record<Language, string>>;
  readonly text: Readonly<Record<Language, string>>;
  readonly exchange: Exchange;
}

/** Shown to whoever comes without a link. */
export const DEFAULT_PRESET = "204-with-content";

/** What the snippets show then: a response in order, with something to write. */
export const DEFAULT_SNIPPET = "422-problem";

export function toPreset(id: string, file: PresetFile): Preset {
  const { story, order, title, text, scheme, request, response } = file;
  return { id, story, order, title, text, exchange: { scheme, request: wireText(request), response: wireText(response) } };
}

function wireText(parts: readonly string[]): string {
  return parts.join("").replace(/\\x([0-9A-F]{2})/g, (_, hex: string) => fromBytes(Uint8Array.of(Number.parseInt(hex, 16))));
}

const files = import.meta.glob<PresetFile>("../content/presets/*.json", { eager: true, import: "default" });

export const presets: readonly Preset[] = Object.entries(files)
  .map(([path, file]) => toPreset(path.slice(path.lastIndexOf("/") + 1, -".json".length), file))
  .sort((a, b) => STORIES.indexOf(a.story) - STORIES.indexOf(b.story) || a.order - b.order);

export function findPreset(id: string): Preset | null {
  return presets.find((preset) => preset.id === id) ?? null;
}
