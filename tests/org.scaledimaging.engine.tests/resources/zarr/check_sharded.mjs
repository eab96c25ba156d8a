// Has zarrita 0.7 read what write_sharded.py wrote: npm install zarrita @zarrita/storage; node check_sharded.mjs
// It cannot read shards that start with their index.
import fs from "node:fs";
import path from "node:path";
import { FileSystemStore } from "@zarrita/storage";
import * as zarr from "zarrita";

const root = process.argv[2] ?? path.join(import.meta.dirname, "v3-sharded");
for (const name of fs.readdirSync(root)) {
  try {
    const array = await zarr.open(zarr.root(new FileSystemStore(path.join(root, name))), { kind: "array" });
    const { data, shape, stride } = await zarr.get(array, null);
    const wrong = Array.from(data.keys()).findIndex((i) => {
      let rest = i;
      let at = 0;
      for (let d = shape.length - 1; d >= 0; d--) {
        at += (rest % shape[d]) * stride[d];
        rest = Math.floor(rest / shape[d]);
      }
      return Number(data[at]) !== Math.floor(i / 3) % 1009;
    });
    console.log(name, data.length, wrong < 0 ? "as expected" : "wrong at " + wrong);
  } catch (error) {
    console.log(name, "cannot be read:", error.message);
  }
}
