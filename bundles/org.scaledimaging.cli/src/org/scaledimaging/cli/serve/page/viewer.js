// neuroglancer beside our controls: source on the left, corrected or field on the right, at one position.
import { makeMinimalViewer } from "/page/neuroglancer/main.js";

const RANGE = "#uicontrol invlerp normalized\nvoid main() {\n  emitGrayscale(normalized());\n}\n";

function style() {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: "/page/neuroglancer/main.css" });
  document.head.prepend(link); // ours comes later and holds
  return new Promise((done, failed) => { link.onload = done; link.onerror = failed; });
}

// The viewer has channels as an axis of the layer's own.
function layer(name, path, range, channel) {
  return {
    type: "image", name, source: "zarr2://" + location.origin + path + "/",
    shader: RANGE, shaderControls: { normalized: { range } },
    ...(channel === null ? {} : { localDimensions: { "c'": [1, ""] }, localPosition: [channel] }) };
}

/** Which axes have to be turned round so that right is at the right, and front or top at the top; by their letters. */
function turned(directions) {
  if (!/^[RL][AP][SI]$/.test(directions)) return "";
  return (directions[0] === "L" ? "x" : "") + (directions[1] === "A" ? "y" : "") + (directions[2] === "S" ? "z" : "");
}

// Views can be rotated, not mirrored: two axes can be turned round at once, one or three cannot.
const ROTATIONS = { xy: [0, 0, 1, 0], xz: [0, 1, 0, 0], yz: [1, 0, 0, 0], xyz: [1, 0, 0, 0] };

/** Says how neuroglancer shows an image whose axes go in these directions. */
export function viewerLies(directions) {
  const turns = turned(directions);
  const known = /^[RL][AP][SI]$/.test(directions);
  if (known && (turns === "" || turns.length === 2)) return "neuroglancer shows the person's right at the right, and front or top at the top; from the side, the front is at the top.";
  if (turns === "xyz") return "neuroglancer cannot mirror: the person's left is at the right; front or top is at the top, from the side the front.";
  return "neuroglancer shows the image as it lies in the file, y downward; the slices are turned as people look at them.";
}

/** Position and scale that show all of the image; lengths count in the smallest voxel size. */
function pose(state, parent) {
  const axes = Object.keys(state.voxelSizes);
  const smallest = Math.min(...Object.values(state.voxelSizes));
  const longest = Math.max(...axes.map(axis => state.lengths[axis] * state.voxelSizes[axis])) / smallest;
  const panel = Math.min(parent.clientWidth / (axes.length > 2 ? 4 : 2), parent.clientHeight / (axes.length > 2 ? 2 : 1));
  const rotation = ROTATIONS[turned(state.directions)];
  return { ...(rotation && axes.length > 2 ? { crossSectionOrientation: rotation, projectionOrientation: rotation } : {}), displayDimensions: ["x", "y", "z"].filter(axis => axes.includes(axis)), crossSectionScale: 1.1 * longest / panel, projectionScale: 1.6 * longest };
}

/** Calls back once the image's axes and voxel sizes are known, in which scales count. */
function whenPlaced(viewer, then) {
  const space = viewer.coordinateSpace;
  if (space.value.valid && space.value.rank > 0) { then(); return; }
  const stop = space.changed.add(() => {
    if (!space.value.valid || space.value.rank === 0) return;
    stop();
    setTimeout(then);
  });
}

/** Opens the viewer in an element; `show` makes it follow the page's state. */
export async function open(parent) {
  await style();
  const target = document.createElement("div");
  parent.append(target);
  const viewer = makeMinimalViewer({ target });
  for (const part of ["showLayerPanel", "showHelpButton", "showSettingsButton", "showEditStateButton", "showToolPaletteButton",
    "showLayerListPanelButton", "showSelectionPanelButton", "showLayerSidePanelButton", "showScreenshotButton",
    "showLayerHoverValues", "showAnnotationToolStatus"]) {
    if (viewer.uiConfiguration[part]) viewer.uiConfiguration[part].value = false; // our own controls are beside it
  }
  window.neuroglancerViewer = viewer; // for those who know it
  let before = "";
  return {
    show(state, windowOf, other, channel, labels) {
      const right = other === "field" ? state.paths.field : state.paths.corrected;
      const key = JSON.stringify([state.version, other, windowOf(state.images[0]), other ? windowOf(other) : [], channel, labels]);
      if (key === before) return;
      const first = before === "";
      before = key;
      const kept = first ? {} : viewer.state.toJSON(); // position, scale and layout stay where the user has them
      const own = state.hasChannels ? channel : null;
      const fields = state.hasChannels || state.fieldChannels > 1 ? channel * state.fieldChannels : null;
      const over = labels ? [{ type: "segmentation", name: labels, source: "zarr2://" + location.origin + state.labels[labels] + "/" }] : [];
      const sides = [state.images[0], ...(other ? [other] : [])].map(name => [name, ...over.map(layer => layer.name)]).map(layers => ({ type: "viewer", layers, layout: Object.keys(state.voxelSizes).length > 2 ? "4panel-alt" : "xy" }));
      viewer.state.restoreState({
        ...kept,
        showAxisLines: false,
        layers: [layer(state.images[0], state.paths[state.images[0]], windowOf(state.images[0]), own),
          ...(other ? [layer(other, right, windowOf(other), other === "field" ? fields : own)] : []), ...over],
        layout: { type: "row", children: sides } });
      if (first) whenPlaced(viewer, () => viewer.state.restoreState({ ...viewer.state.toJSON(), ...pose(state, parent) }));
    } };
}
