import type { EngineModule } from "./engine.js";
import type { Factory } from "./factory.js";

declare const createEngine: Factory<EngineModule>;
export default createEngine;
