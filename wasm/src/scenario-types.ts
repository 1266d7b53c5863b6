/**
 * What `Engine.simulate` plays, as its reader describes it. Everything has a default, told where it is a plain value. The
 * smallest scenario: `{"client":{"request":{"method":"GET","target":"https://a.example/x"}}}`. Times are UTC, RFC 3339.
 */
export interface Scenario {
  "$schema"?: string;
  /** 1 */
  version?: number;
  clock?: ScenarioClock;
  client?: ScenarioClient;
  network?: ScenarioNetwork;
  shared_cache?: ScenarioSharedCache | null;
  proxy?: ScenarioProxy | null;
  origin?: ScenarioOrigin;
  given?: (string | ScenarioGiven)[];
  steps?: ScenarioStep[];
}

export interface ScenarioClock {
  start?: string;
  /** 5 */
  hop_latency_ms?: number;
}

export interface ScenarioContent {
  base64?: string;
  bytes?: number;
}

export interface ScenarioRequest {
  /** "GET" */
  method?: string;
  /** "https://a.example/" */
  target?: string;
  fields?: [name: string, value: string][];
  content?: string | ScenarioContent;
}

export interface ScenarioAccount {
  user?: string;
  password?: string;
  token?: string;
  /** true */
  basic?: boolean;
  /** false */
  digest?: boolean;
  /** false */
  preemptive?: boolean;
  /** false */
  withhold_content?: boolean;
}

export interface ScenarioPrivateCache {
  targeted_fields?: string[];
  /** 10 */
  heuristic_percent?: number;
  /** 86400 */
  heuristic_limit?: number;
  /** true */
  stale_while_revalidate?: boolean;
  /** true */
  stale_if_error?: boolean;
  /** true */
  stale_when_disconnected?: boolean;
  /** true */
  ranges?: boolean;
  /** true */
  collapse?: boolean;
}

export interface ScenarioClient {
  /** "by-the-book" */
  profile?: string;
  request?: ScenarioRequest;
  /** "1.1" */
  http_version?: "1.1" | "1.0" | "2" | "3" | "0.9" | "3.0";
  /** "plain" */
  mode?: "plain" | "cors" | "no-cors" | "same-origin" | "navigate";
  origin?: string;
  /** "same-origin" */
  credentials?: "omit" | "same-origin" | "include";
  /** "follow" */
  redirect?: "follow" | "manual" | "error";
  account?: ScenarioAccount | null;
  /** 0 */
  retries?: number;
  retry_delay_ms?: number | null;
  retry_time_ms?: number | null;
  /** false */
  expect_continue?: boolean;
  /** true */
  cookies?: boolean;
  /** false */
  early_data?: boolean;
  /** 0 */
  resume_at?: number;
  tls_authority?: string | null;
  malformed?: ("no-host" | "two-hosts" | "length-and-coding" | "space-before-colon" | "bare-cr" | "bad-length" | "bad-target")[];
  /** false */
  incomplete?: boolean;
  /** false */
  certificate?: boolean;
  /** "192.0.2.1" */
  ip?: string;
  private_cache?: ScenarioPrivateCache | null;
}

export interface ScenarioNetwork {
  /** false */
  captive_portal?: boolean;
  /** "works" */
  origin?: "works" | "unreachable" | "silent" | "closes" | "garbled";
  truncate_response_at?: number | null;
  /** 30000 */
  timeout_ms?: number;
}

export interface ScenarioSharedCache {
  /** "shared" */
  kind?: "private" | "shared" | "cdn";
  targeted_fields?: string[];
  /** 10 */
  heuristic_percent?: number;
  /** 86400 */
  heuristic_limit?: number;
  /** true */
  stale_while_revalidate?: boolean;
  /** true */
  stale_if_error?: boolean;
  /** true */
  stale_when_disconnected?: boolean;
  /** true */
  ranges?: boolean;
  /** true */
  collapse?: boolean;
}

export interface ScenarioProxy {
  /** "proxy" */
  role?: "proxy" | "gateway";
  /** "proxy" */
  name?: string;
  challenge?: string;
  credentials?: string;
  /** true */
  forward_early_data?: boolean;
  /** true */
  knows_early_data?: boolean;
  /** false */
  repeats_425?: boolean;
  /** true */
  forward_interim?: boolean;
  /** false */
  transform?: boolean;
  /** "1.1" */
  upstream_version?: "1.1" | "1.0" | "2" | "3";
  /** 30000 */
  response_timeout_ms?: number;
}

export interface ScenarioLimits {
  /** 8000 */
  target_bytes?: number;
  /** 64 */
  method_bytes?: number;
  /** 8000 */
  field_bytes?: number;
  /** 32000 */
  fields_total_bytes?: number;
  /** 1048576 */
  content_bytes?: number;
  /** 10000 */
  header_timeout_ms?: number;
  /** 100 */
  concurrency?: number;
}

export interface ScenarioMaintenance {
  until?: string | null;
  retry_after?: number | null;
}

export interface ScenarioState {
  /** false */
  overloaded?: boolean;
  maintenance?: ScenarioMaintenance | null;
  bug?: string | null;
}

export interface ScenarioExtensions {
  delta_im?: string[];
  http_ext?: string[];
  /** false */
  tcn?: boolean;
  upgrade?: string[];
  upgrade_required?: string | null;
  /** false */
  length_required?: boolean;
  /** "accept" */
  early_data?: "accept" | "425" | "safe";
  /** false */
  client_cert?: boolean;
  /** false */
  resumable_upload?: boolean;
}

export interface ScenarioRateLimit {
  /** "ip" */
  key?: "ip" | "token";
  /** 10 */
  limit?: number;
  /** 60 */
  window_s?: number;
  /** 0 */
  used?: number;
  reset_s?: number | null;
  /** true */
  retry_after?: boolean;
}

export interface ScenarioPolicy {
  /** false */
  hide_existence?: boolean;
  order?: string[];
  /** "406" */
  not_acceptable?: "406" | "default";
  /** 303 */
  post_redirect?: number;
  /** "416" */
  large_range?: "416" | "ignore";
  /** "400" */
  framing_conflict?: "400" | "coding-wins";
  /** false */
  trace?: boolean;
  /** false */
  expectations_ignored?: boolean;
}

export interface ScenarioAuth {
  schemes?: string[];
  allow?: string[];
  deny?: string[];
}

export interface ScenarioLegalBlock {
  by?: string;
}

export interface ScenarioMoved {
  /** 301 */
  status?: number;
  to?: string;
}

export interface ScenarioHistory {
  /** false */
  gone?: boolean;
  moved?: ScenarioMoved | null;
}

export interface ScenarioRepresentation {
  /** "text/html" */
  media?: string;
  /** "utf-8" */
  charset?: string;
  lang?: string;
  coding?: string;
  qs?: number;
  etag?: string | null;
  /** false */
  etag_weak?: boolean;
  last_modified?: string | null;
  /** 1000 */
  bytes?: number;
  text?: string | null;
  instance_history?: string[];
}

export interface ScenarioRanges {
  /** "bytes" */
  unit?: string;
  /** 8 */
  max_parts?: number;
}

export interface ScenarioWrite {
  /** "automatic" */
  outcome?: "automatic" | "created" | "updated" | "accepted" | "no-content" | "reset" | "see-other";
  /** false */
  conflict?: boolean;
  /** false */
  storage_full?: boolean;
  /** false */
  async?: boolean;
  /** false */
  idempotency_keys?: boolean;
}

export interface ScenarioCache {
  fields?: [name: string, value: string][];
  vary?: string[] | null;
}

export interface ScenarioCors {
  /** "none" */
  allow_origin?: "none" | "*" | "echo" | "list";
  origins?: string[];
  /** false */
  allow_credentials?: boolean;
  allow_methods?: string[];
  allow_headers?: string[];
  expose?: string[];
  max_age?: number | null;
  /** 204 */
  preflight_status?: number;
}

export interface ScenarioInterim {
  /** 103 */
  status?: number;
  fields?: [name: string, value: string][];
  /** 0 */
  every_ms?: number;
}

export interface ScenarioLock {
  /** "urn:uuid:00000000-0000-0000-0000-000000000001" */
  token?: string;
  /** "infinity" */
  depth?: string;
}

export interface ScenarioMember {
  path?: string;
  /** 200 */
  status?: number;
}

export interface ScenarioDav {
  lock?: ScenarioLock | null;
  members?: ScenarioMember[];
  /** false */
  bindings_loop?: boolean;
  /** false */
  dependency_failed?: boolean;
  quota?: number | null;
}

export interface ScenarioResource {
  /** "/*" */
  path?: string;
  /** true */
  exists?: boolean;
  /** false */
  collection?: boolean;
  methods?: string[];
  auth?: ScenarioAuth | null;
  /** false */
  payment_required?: boolean;
  legal_block?: ScenarioLegalBlock | null;
  history?: ScenarioHistory;
  representations?: ScenarioRepresentation[];
  /** "none" */
  multiple_choices?: "none" | "300" | "list";
  see_other?: string | null;
  accepts?: Record<string, string[]>;
  accept_encoding_request?: string[] | null;
  /** true */
  schema_valid?: boolean;
  require_preconditions?: string[];
  ranges?: ScenarioRanges;
  write?: ScenarioWrite;
  cache?: ScenarioCache;
  cors?: ScenarioCors;
  interim?: ScenarioInterim[];
  /** 0 */
  takes_ms?: number;
  dav?: ScenarioDav | null;
  trailers?: [name: string, value: string][];
  /** "content-length" */
  framing?: "content-length" | "chunked" | "close";
}

export interface ScenarioOrigin {
  authorities?: string[];
  /** true */
  tls?: boolean;
  http_versions?: string[];
  limits?: ScenarioLimits;
  state?: ScenarioState;
  methods_implemented?: string[];
  transfer_codings?: string[];
  content_codings?: string[];
  expectations?: string[];
  extensions?: ScenarioExtensions;
  rate_limits?: ScenarioRateLimit[];
  policy?: ScenarioPolicy;
  resources?: ScenarioResource[];
}

export interface ScenarioResponse {
  base64?: string;
  bytes?: number;
}

export interface ScenarioGiven {
  response?: string | ScenarioResponse;
  /** 0 */
  after_ms?: number;
  /** "whole" */
  end?: "whole" | "silent" | "closed";
}

export interface ScenarioRequest_ {
  /** "GET" */
  method?: string;
  target?: string;
  fields?: [name: string, value: string][];
  content?: string | ScenarioContent;
}

export interface ScenarioStep {
  at_s?: number;
  /** "request" */
  do?: "request" | "change-resource" | "set-origin-state" | "set-network";
  /** 0 */
  client?: number;
  request?: ScenarioRequest_;
  path?: string;
  state?: ScenarioState;
  network?: ScenarioNetwork;
}
