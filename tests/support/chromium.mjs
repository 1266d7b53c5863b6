// Chromium as tests and scripts start it: the one of CHROME_PATH or of the system, else the one Playwright knows.
import { chromium } from "@playwright/test";
import { existsSync } from "node:fs";

const executable = process.env.CHROME_PATH || "/usr/bin/chromium";

export const launchOptions = {
  ...(existsSync(executable) ? { executablePath: executable } : {}),
  // A sandbox cannot be made by root; anybody else has one.
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
};

/** `more`: further command line options. */
export const launchChromium = (...more) => chromium.launch({ ...launchOptions, args: [...launchOptions.args, ...more] });
