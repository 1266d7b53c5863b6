import { defineConfig } from "vitest/config";
import { fileURLToPath } from "node:url";

export default defineConfig({
  resolve: { alias: { generated: fileURLToPath(new URL("../build/generated/site", import.meta.url)) } },
  test: { include: ["{src,integrations}/**/*.test.ts"], environment: "node" },
});
