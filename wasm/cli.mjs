#!/usr/bin/env node
import { main } from "./dist/cli.js";

// Whoever reads the output may stop early: `statuslab lint --jsonl < big | head -1`.
process.stdout.on("error", (error) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

const { argv, env, stdin, stdout, stderr } = process;
process.exitCode = await main({ argv: argv.slice(2), env, stdin, stdout, stderr });
