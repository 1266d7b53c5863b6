export type Section = "workbench" | "simulate" | "snippets" | "status" | "rules" | "frameworks";

export interface FrameLink {
  readonly label: string;
  readonly href: string;
}

/** What a page tells the frame around it. */
export interface Frame {
  readonly section?: Section;
  /** "Data" below "On this page". */
  readonly data?: readonly FrameLink[];
}
