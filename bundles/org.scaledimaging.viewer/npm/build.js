// Bundles neuroglancer: `node build.js FOLDER` writes main.js, main.css, two workers and licences.txt into FOLDER.
import * as esbuild from "esbuild";
import fs from "node:fs";
import path from "node:path";

const folder = process.argv[2];
const library = "node_modules/neuroglancer/lib/";
const icon = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><circle cx="12" cy="12" r="6"/></svg>';

// The package is written for bundlers that take "?raw" for a file's text, and that find workers by themselves.
const likeOthers = {
  name: "like-others",
  setup(build) {
    build.onResolve({ filter: /\?raw$/ }, async found => {
      if (found.path.startsWith("ikonate/")) return { path: found.path, namespace: "icon" };
      const file = await build.resolve(found.path.replace(/\?raw$/, ""), { resolveDir: found.resolveDir, kind: found.kind });
      return { path: file.path, namespace: "text" };
    });
    build.onLoad({ filter: /.*/, namespace: "icon" }, () => ({ contents: icon, loader: "text" }));
    build.onLoad({ filter: /.*/, namespace: "text" }, file => ({ contents: fs.readFileSync(file.path), loader: "text" }));
    build.onLoad({ filter: /async_computation\/request\.js$/ }, file => ({
      contents: fs.readFileSync(file.path, "utf8").replace("../async_computation.bundle.js", "./async_computation.bundle.js"),
    }));
  },
};

const only = (kind, name) => [`neuroglancer/${kind}:none_by_default`, `neuroglancer/${kind}/${name}:enabled`];

const { metafile } = await esbuild.build({
  entryPoints: {
    "main": "main.js",
    "chunk_worker.bundle": library + "chunk_worker.bundle.js",
    "async_computation.bundle": "async_computation.js",
  },
  outdir: folder,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  conditions: [...only("datasource", "zarr"), ...only("kvstore", "http"), ...only("layer", "image")],
  loader: { ".svg": "dataurl" },
  legalComments: "none", // they are in licences.txt
  plugins: [likeOthers],
  metafile: true,
  logLevel: "warning",
});

const packages = new Set();
for (const output of Object.values(metafile.outputs)) {
  for (const [file, { bytesInOutput }] of Object.entries(output.inputs)) {
    const found = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file);
    if (found && bytesInOutput > 0) packages.add(found[1]);
  }
}
const licences = [...packages].sort().map(name => {
  const at = path.join("node_modules", name);
  const { version, license } = JSON.parse(fs.readFileSync(path.join(at, "package.json")));
  const texts = fs.readdirSync(at).filter(file => /^(licen[cs]e|copying|notice)/i.test(file));
  return [`${name} ${version}: ${license}`, ...texts.map(file => fs.readFileSync(path.join(at, file), "utf8"))].join("\n\n");
});
if (packages.has("numcodecs")) { // what its WebAssembly is made of, for which the package has no texts
  for (const file of fs.readdirSync("licences").sort()) {
    licences.push(`${path.parse(file).name}, in numcodecs\n\n` + fs.readFileSync(path.join("licences", file), "utf8"));
  }
}
fs.writeFileSync(path.join(folder, "licences.txt"), licences.join("\n\n" + "-".repeat(72) + "\n\n") + "\n");
