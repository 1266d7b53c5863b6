import { defineConfig } from "@playwright/test";
import { existsSync } from "node:fs";

const port = 4174;
const chromium = process.env["CHROME_PATH"] || "/usr/bin/chromium";

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  fullyParallel: true,
  workers: 2,
  retries: process.env["CI"] ? 1 : 0,
  timeout: 30_000,
  expect: { timeout: 7_000 },
  reporter: [["list"]],
  use: {
    baseURL: `http://localhost:${port}`,
    browserName: "chromium",
    locale: "en-US",
    timezoneId: "UTC",
    // The site as it is served, not as it was kept from an earlier test.
    serviceWorkers: "block",
    permissions: ["clipboard-read", "clipboard-write"],
    trace: "on-first-retry",
    launchOptions: {
      ...(existsSync(chromium) ? { executablePath: chromium } : {}),
      // A sandbox cannot be made by root; anybody else has one.
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    },
  },
  webServer: {
    command: `node ../scripts/serve.mjs ../build/site --port ${port}`,
    url: `http://localhost:${port}/`,
    // A server that is there already may show another build.
    reuseExistingServer: !process.env["CI"],
  },
});
