// Holds metadata of OME-Zarr to what ngff-zarr expects of them. Runs where tools/install copies it: beside node_modules.
import { answer } from "./answer.mjs";
import {
  ImageSchemaV05,
  LabelSchemaV04,
  MultiscalesSchemaV05,
  OmeroSchema,
} from "./node_modules/ngff-zarr/esm/schemas/ome_zarr.js";
import { AxisSchema } from "./node_modules/ngff-zarr/esm/schemas/zarr_metadata.js";

/** What is wrong with attributes, in words; empty where nothing is. */
async function check({ version, attributes }) {
  const checks = [];
  if (version === "0.5") {
    checks.push([ImageSchemaV05, attributes]);
  }
  const ome = version === "0.5" ? attributes.ome : attributes;
  for (const multiscale of ome.multiscales ?? []) {
    checks.push([MultiscalesSchemaV05, multiscale]);
    for (const axis of multiscale.axes ?? []) {
      checks.push([AxisSchema, axis]);
    }
  }
  if (ome.omero) {
    checks.push([OmeroSchema, ome.omero]);
  }
  if (ome["image-label"]) {
    checks.push([LabelSchemaV04, ome]);
  }
  const wrong = [];
  for (const [schema, value] of checks) {
    const result = schema.safeParse(value);
    if (!result.success) {
      wrong.push(...result.error.issues.map((issue) => issue.path.join("/") + ": " + issue.message));
    }
  }
  return { checked: checks.length, wrong };
}

await answer({ check });
