/*
 * A scenario that was played, as the page shows it: parties, and steps in the order in which they happened.
 * Wire bytes are texts as everywhere in the page (bytes.ts).
 */
export type Party = "client" | "private-cache" | "cdn" | "proxy" | "network" | "origin";

export type Requirement = "must" | "should" | "may" | "open";

export interface Input {
  readonly name: string;
  readonly value: string;
  /** False: it was looked for and is not there. */
  readonly present: boolean;
}

export interface Alternative {
  /** The id of another decision, the phrase of a status, or a member of the scenario with the value that leads there. */
  readonly policy: string;
  /** The status it leads to; 0: none. */
  readonly gives: number;
}

/** One question that a party asked itself. Its words are in the catalogue of decisions, by its id. */
export interface Decision {
  readonly id: string;
  readonly answer: boolean;
  readonly requirement: Requirement;
  /** "RFC 9110 section 13.2.2" ... */
  readonly cite: readonly string[];
  /** The status it leads to; 0: none. */
  readonly gives: number;
  /** It made the response. */
  readonly terminal: boolean;
  readonly inputs: readonly Input[];
  readonly alternatives: readonly Alternative[];
}

interface Happening {
  /** Milliseconds of virtual time since the scenario began. */
  readonly at: number;
  /** For which of the clients, from 0. */
  readonly client: number;
  /** What parties keep changed with it. */
  readonly changes: readonly Change[];
  /** What its party asked itself before. */
  readonly decisions: readonly Decision[];
}

export interface MessageStep extends Happening {
  readonly kind: "message";
  readonly from: Party;
  readonly to: Party;
  /** When it is there, in the same time. */
  readonly arrives: number;
  readonly side: "request" | "response";
  /** 1xx: the final response is still to come. */
  readonly interim: boolean;
  readonly method: string;
  /** Path and query of the target; the whole of it where it has another form. */
  readonly target: string;
  /** Of the target; null in a response, and where it has no such form. */
  readonly scheme: "http" | "https" | null;
  /** 0 in a request, and where a response has none. */
  readonly code: number;
  readonly reason: string;
  /** The fields that tell most about it, in one line. */
  readonly gist: string;
  readonly text: string;
  /** A request and what answers it on this hop have the same number. */
  readonly exchange: number;
}

/** A party settles something without sending, or something changes in what it keeps. */
export interface NoteStep extends Happening {
  readonly kind: "note";
  readonly party: Party;
  /** What happened besides: its words are the page's. */
  readonly event: { readonly id: string; readonly amount: number; readonly subject: string } | null;
}

export type Step = MessageStep | NoteStep;

/** What a party keeps changed. The last change of a key says what is there now. */
export interface Change {
  readonly party: Party;
  readonly what: "stored" | "cookie" | "connection" | "preflight" | "credentials" | "resource";
  readonly op: "add" | "update" | "remove";
  readonly key: string;
  readonly value: string;
  /** Of a stored response, in milliseconds at the time of the step. */
  readonly fresh: { readonly lifetime: number; readonly age: number; readonly invalidated: boolean } | null;
  /** Of a connection: who it leads to. */
  readonly to: Party | null;
}

export interface Play {
  readonly parties: readonly Party[];
  /** How many clients take part; they share a lane. */
  readonly clients: number;
  readonly steps: readonly Step[];
  /** What the caller gets, for each time it asks. */
  readonly outcomes: readonly Outcome[];
  /** Milliseconds from the first step to the last. */
  readonly lasts: number;
}

export interface Outcome {
  /** Index of the step that brought it; null where none did. */
  readonly step: number | null;
  /** 0: the caller gets no response. */
  readonly code: number;
  readonly reason: string;
  /** Why there is no response: "redirect-limit", "connection-closed" ... */
  readonly error: string;
  readonly at: number;
}

/** Where a scenario cannot be read, and what would be valid there. */
export interface ScenarioError {
  /** RFC 6901. */
  readonly pointer: string;
  /** What stands there, as JSON; empty where something is missing. */
  readonly value: string;
  /** What would be valid. */
  readonly expected: string;
}

export type Played =
  | { readonly ok: true; readonly play: Play }
  | { readonly ok: false; readonly errors: readonly ScenarioError[] };

/** Everything that is on the wire, without notes. */
export function messagesOf(play: Play): readonly MessageStep[] {
  return play.steps.filter((step): step is MessageStep => step.kind === "message");
}

/** What the caller sees of it: the last request of the client and what came of it. */
export function exchangeOf(play: Play): { readonly request: string; readonly response: string } {
  const end = play.outcomes.at(-1)?.step ?? null;
  const response = end === null ? undefined : play.steps[end];
  const asked = messagesOf(play).filter((step) => step.side === "request" && step.from === "client");
  const request = response?.kind === "message" ? asked.find((step) => step.exchange === response.exchange) : asked.at(-1);
  return { request: request?.text ?? "", response: response?.kind === "message" ? response.text : "" };
}
