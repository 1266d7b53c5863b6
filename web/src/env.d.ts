declare module "generated/status.json" {
  const rows: import("./data/types").StatusRow[];
  export default rows;
}
declare module "generated/rules.json" {
  const rules: import("./data/types").RuleFile;
  export default rules;
}
declare module "generated/fields.json" {
  const fields: import("./data/types").FieldRow[];
  export default fields;
}
declare module "generated/clients.json" {
  const clients: readonly { readonly id: string; readonly name: string; readonly version: string; readonly measured: string }[];
  export default clients;
}
declare module "generated/proofs.json" {
  const proofs: Readonly<Record<string, import("./engine/written").Proofs>>;
  export default proofs;
}
declare module "generated/frameworks.json" {
  const value: import("./data/types").FrameworksFile;
  export default value;
}
declare module "generated/matrix.json" {
  const value: import("./data/types").MatrixFile;
  export default value;
}
declare module "generated/meta.json" {
  const meta: import("./data/types").Meta;
  export default meta;
}

declare namespace App {
  interface Locals {
    /** What a page tells the frame around it. */
    frame?: import("./data/frame").Frame;
  }
}
