import type { Factory } from "./factory.js";
import type { SimulatorModule } from "./simulator.js";

declare const createSimulator: Factory<SimulatorModule>;
export default createSimulator;
