// Reads Zarr 2 and 3 and writes Zarr 3 with zarrita. Runs where tools/install copies it: beside node_modules.
import fs from "node:fs";
import { FetchStore, FileSystemStore } from "@zarrita/storage";
import * as zarr from "zarrita";
import { answer } from "./answer.mjs";

/** The numbers of a view in row-major order, whatever order zarrita holds them in. */
function rowMajor({ data, shape, stride }) {
  const result = new data.constructor(data.length);
  const index = new Array(shape.length).fill(0);
  let from = 0;
  for (let i = 0; i < result.length; i++) {
    result[i] = data[from];
    for (let d = shape.length - 1; d >= 0; d--) {
      from += stride[d];
      if (++index[d] < shape[d]) {
        break;
      }
      from -= stride[d] * shape[d];
      index[d] = 0;
    }
  }
  return result;
}

function bytes(array) {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

async function read({ path: folder, array: name, voxels, version }) {
  const open = version === 2 ? zarr.open.v2 : zarr.open.v3;
  const store = folder.startsWith("http:") ? new FetchStore(folder) : new FileSystemStore(folder);
  const group = await open(zarr.root(store), { kind: "group" });
  const array = await open(group.resolve(name), { kind: "array" });
  fs.writeFileSync(voxels, bytes(rowMajor(await zarr.get(array))));
  return { shape: array.shape, chunks: array.chunks, dtype: array.dtype, attributes: group.attrs };
}

async function write({ path: folder, attributes, shape, chunks, dtype, codecs, fill, voxels }) {
  const root = zarr.root(new FileSystemStore(folder));
  await zarr.create(root, { attributes });
  const array = await zarr.create(root.resolve("0"), {
    shape,
    chunkShape: chunks,
    dtype,
    codecs,
    fillValue: fill,
  });
  const file = fs.readFileSync(voxels);
  const buffer = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
  const types = {
    int8: Int8Array,
    uint8: Uint8Array,
    int16: Int16Array,
    uint16: Uint16Array,
    int32: Int32Array,
    uint32: Uint32Array,
    int64: BigInt64Array,
    uint64: BigUint64Array,
    float32: Float32Array,
    float64: Float64Array,
  };
  const stride = shape.map((_, d) => shape.slice(d + 1).reduce((a, b) => a * b, 1));
  await zarr.set(array, null, { data: new types[dtype](buffer), shape, stride });
  return {};
}

await answer({ read, write });
