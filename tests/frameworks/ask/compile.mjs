// Compiles every module below a folder, without running it: prints one line for each that is none.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SourceTextModule } from "node:vm";

const folder = process.argv[2];
for (const path of readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".js"))) {
  try {
    new SourceTextModule(readFileSync(join(folder, path), "utf8"), { identifier: path });
  } catch (error) {
    console.log(`${path}: ${error}`);
  }
}
