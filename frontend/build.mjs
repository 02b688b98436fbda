// Builds everything under static/ that does not come from a person's hand. The result is committed: running the portal needs no Node.
//   cd frontend && npm ci && npm run build
import { build, transform } from "esbuild";
import { compile } from "sass";
import { cp, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..");
const modules = join(here, "node_modules");
const vendor = join(root, "static/js/vendor");
// Office machines carry vendor builds of Chromium; ES2020 is what the oldest of them read.
const target = "chrome80";

async function styles() {
  const sass = compile(join(here, "scss/app.scss"), {
    loadPaths: [join(modules, "bootstrap/scss")],
    quietDeps: true,
    silenceDeprecations: ["import"],
  });
  const { code } = await transform(sass.css, { loader: "css", minify: true, target, legalComments: "none" });
  const banned = code.match(/color-mix\(|@layer|oklch\(|oklab\(|:has\(|@container|\d(?:dvh|svh|lvh)/);
  if (banned) throw new Error(`app.css uses ${banned[0]}, which browsers on our floor do not read`);
  await mkdir(join(root, "static/css"), { recursive: true });
  await writeFile(join(root, "static/css/app.css"), code);
  return code.length;
}

async function scripts() {
  await mkdir(vendor, { recursive: true });
  const options = { bundle: true, minify: true, format: "iife", target, legalComments: "none", charset: "utf8" };
  for (const name of ["bootstrap", "tom-select"]) {
    await build({ ...options, entryPoints: [join(here, `vendor/${name}.js`)], outfile: join(vendor, `${name}.js`) });
  }
  const htmx = await readFile(join(modules, "htmx.org/dist/htmx.min.js"), "utf8");
  await writeFile(join(vendor, "htmx.min.js"), htmx.replace(/\/\/# sourceMappingURL=.*/g, ""));
  await mkdir(join(root, "tests/browser/vendor"), { recursive: true });
  await cp(join(modules, "axe-core/axe.min.js"), join(root, "tests/browser/vendor/axe.min.js"));
}

// Every line of icons.txt is "name" or "name=file of the icon set": one <symbol> each.
async function icons() {
  const wanted = (await readFile(join(here, "icons.txt"), "utf8")).split("\n").map((line) => line.trim());
  const symbols = [];
  for (const line of wanted) {
    if (!line || line.startsWith("#")) continue;
    const [name, file = name] = line.split("=");
    const svg = await readFile(join(modules, `@tabler/icons/icons/outline/${file}.svg`), "utf8");
    const body = svg
      .replace(/<!--[\s\S]*?-->/g, "")
      .replace(/^[\s\S]*?<svg[\s\S]*?>/, "")
      .replace("</svg>", "")
      .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, "")
      .replace(/\s+/g, " ")
      .replace(/ \/>/g, "/>")
      .trim();
    symbols.push(
      `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${body}</symbol>`,
    );
  }
  await writeFile(join(root, "static/icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`);
  return symbols.length;
}

// Our own scripts are served as written: they must not use syntax newer than ES2020.
async function ownScripts() {
  const folder = join(root, "static/js");
  const names = (await readdir(folder)).filter((name) => name.endsWith(".js"));
  for (const name of names) {
    const source = await readFile(join(folder, name), "utf8");
    const old = await transform(source, { target: "es2020", supported: { "inline-script": true } });
    const fresh = await transform(source, { target: "esnext", supported: { "inline-script": true } });
    if (old.code !== fresh.code) throw new Error(`static/js/${name} uses syntax newer than ES2020`);
  }
  return names.length;
}

// Whose code is vendored, and under what terms.
async function licences() {
  const shipped = [
    ["htmx", "htmx.org", "LICENSE"],
    ["Bootstrap", "bootstrap", "LICENSE"],
    ["Popper (within bootstrap.js)", "@popperjs/core", "LICENSE.md"],
    ["Tom Select", "tom-select", "LICENSE"],
    ["Sifter (within tom-select.js)", "@orchidjs/sifter", null],
    ["Unicode variants (within tom-select.js)", "@orchidjs/unicode-variants", "LICENSE"],
    ["Tabler Icons (icons.svg)", "@tabler/icons", "LICENSE"],
    ["axe-core (tests only, never served)", "axe-core", null],
  ];
  const parts = ["# Vendored code\n\nWritten by `frontend/build.mjs`. Licence texts as their authors ship them.\n"];
  for (const [title, name, file] of shipped) {
    const { version, license } = JSON.parse(await readFile(join(modules, name, "package.json"), "utf8"));
    parts.push(`## ${title} ${version}: ${license}\n`);
    if (file) parts.push(`\`\`\`text\n${(await readFile(join(modules, name, file), "utf8")).trim()}\n\`\`\`\n`);
  }
  await writeFile(join(vendor, "LICENSES.md"), parts.join("\n"));
}

const [bytes, , symbols] = await Promise.all([styles(), scripts(), icons()]);
await licences();
console.log(`app.css ${Math.round(bytes / 1000)} kB, ${symbols} icons, ${await ownScripts()} own scripts checked`);
