// Writes the fixtures of Zarr version 3 in v3/, with zarrita 0.7: npm install zarrita @zarrita/storage; node write_v3.mjs
//
// Voxel i, counted row-major, of every array is i / 3 % 1009, rounded down; taken modulo 256 in types of 8 bits.
import fs from "node:fs";
import path from "node:path";
import { FileSystemStore } from "@zarrita/storage";
import * as zarr from "zarrita";

const root = path.join(import.meta.dirname, "v3");
const little = { name: "bytes", configuration: { endian: "little" } };
const big = { name: "bytes", configuration: { endian: "big" } };

const blosc = (cname, shuffle, typesize) => ({
  name: "blosc",
  configuration: { cname, clevel: 5, shuffle, typesize, blocksize: 0 },
});

async function write(name, options) {
  const { arrayType = Uint16Array, ...rest } = options;
  const array = await zarr.create(zarr.root(new FileSystemStore(path.join(root, name))), {
    shape: [5, 9, 14],
    chunkShape: [4, 8, 8],
    dtype: "uint16",
    fillValue: 0,
    ...rest,
  });
  const data = new arrayType(array.shape.reduce((a, b) => a * b, 1));
  for (let i = 0; i < data.length; i++) {
    const value = Math.floor(i / 3) % 1009;
    data[i] = data instanceof BigInt64Array || data instanceof BigUint64Array ? BigInt(value) : value;
  }
  const stride = array.shape.map((_, d) => array.shape.slice(d + 1).reduce((a, b) => a * b, 1));
  await zarr.set(array, null, { data, shape: array.shape, stride });
}

fs.rmSync(root, { recursive: true, force: true });
await write("none", { codecs: [little] });
await write("big", { codecs: [big] });
await write("zstd", { codecs: [little, { name: "zstd", configuration: { level: 3, checksum: false } }] });
await write("transpose", { codecs: [{ name: "transpose", configuration: { order: [2, 0, 1] } }, little] });
await write("dots", { codecs: [little], chunkSeparator: "." });
for (const cname of ["blosclz", "lz4", "lz4hc", "zlib", "zstd"]) {
  await write("blosc-" + cname, { codecs: [little, blosc(cname, 1, 2)] });
}
for (const [dtype, arrayType] of Object.entries({
  int8: Int8Array, uint8: Uint8Array, int16: Int16Array, uint16: Uint16Array, int32: Int32Array, uint32: Uint32Array,
  int64: BigInt64Array, uint64: BigUint64Array, float32: Float32Array, float64: Float64Array,
})) {
  await write("type-" + dtype, { shape: [3, 4, 5], chunkShape: [2, 4, 4], dtype, arrayType, codecs: [big] });
}
