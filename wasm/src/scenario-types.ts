/**
 * What `Engine.simulate` plays. Everything has a default; `Engine.scenarioSchema()` tells them all. The smallest scenario:
 * `{"client":{"request":{"method":"GET","target":"https://a.example/x"}}}`.
 */
export interface Scenario {
  version?: 1;
  [member: string]: unknown;
}
