/* The view: what is shown of each image, and what keys, wheel and controls change of it. */
const byId = (id) => document.getElementById(id);
const AXES = ["z", "y", "x"];
const PAUSE = 180;
const state = { views: [], over: null, planes: "all", channel: "all", time: 0, window: "auto", drawing: 0, axis: "z", table: [] };

const lengthOf = (info, axis) => info.axes[axis]?.length ?? 1;
const channelsOf = (view) => (state.channel === "all" && view.info.role === "image"
  ? view.info.channels.map((_, i) => i) : [Math.min(state.channel === "all" ? 0 : state.channel, view.info.channels.length - 1)]);
const timeOf = (info) => Math.min(state.time, lengthOf(info, "t") - 1);
/* An image without z is a plane: z is the only axis across it. */
const normalsOf = (info) => AXES.filter((axis) => (info.axes.z ? true : axis === "z"));
const shownAxes = (view) => normalsOf(view.info).filter((axis) => state.planes === "all" || !view.info.axes.z || axis === state.planes);

/* The index of another image that is at the same part of an axis. */
function sameIndex(axis, from, index, to) {
  const length = lengthOf(to, axis);
  return Math.max(0, Math.min(length - 1, Math.floor(((index + 0.5) / lengthOf(from, axis)) * length)));
}

function percentile(channel, rank) {
  const { ranks, percentiles } = channel;
  const above = ranks.findIndex((known) => known >= rank);
  if (above <= 0) return percentiles[Math.max(0, above)];
  const share = (rank - ranks[above - 1]) / (ranks[above] - ranks[above - 1]);
  return percentiles[above - 1] * (1 - share) + percentiles[above] * share;
}

/* The window that a choice gives a channel. */
function windowOf(view, channel, choice) {
  const known = view.info.channels[channel];
  if (!known.ranks?.length) return { low: 0, high: 1 };
  if (choice === "auto" && known.window) return { low: known.window[0], high: known.window[1] };
  const field = view.info.role === "field";
  const [low, high] = choice === "auto" ? (field ? [0, 100] : state.ranks) : choice.split(" ").map(Number);
  const found = { low: percentile(known, low), high: percentile(known, high) };
  return found.low < found.high ? found : { low: percentile(known, 0), high: percentile(known, 100) };
}

function takeWindows(choice) {
  const first = state.views.find((view) => view.info.role === "image");
  for (const view of state.views) {
    if (view.info.role === "labels") continue;
    const model = byId("linkWindows").checked && view.info.role === "image" ? first : view;
    view.windows = view.info.channels.map((_, i) => windowOf(model, Math.min(i, model.info.channels.length - 1), choice));
  }
}

function setWindow(view, channel, low, high) {
  const linked = byId("linkWindows").checked && view.info.role === "image";
  for (const other of linked ? state.views.filter((one) => one.info.role === "image") : [view]) {
    if (other.windows[channel]) other.windows[channel] = { low, high };
  }
  byId("window").value = "hand";
  state.views.forEach(drawWindows);
  state.views.forEach(paintShown);
}

/* Moves an image along an axis, and those that are linked to it. */
function setPosition(view, axis, index) {
  const at = Math.max(0, Math.min(lengthOf(view.info, axis) - 1, index));
  for (const other of byId("linkPositions").checked ? state.views : [view]) {
    other.position[axis] = other === view ? at : sameIndex(axis, view.info, at, other.info);
  }
}

function place(view, axis, index) {
  setPosition(view, axis, index);
  refresh();
}

const labelsOf = (view) => (state.over !== null && view.info.role !== "labels" ? state.over : null);

/* Gets and draws all planes that are shown; what was overtaken meanwhile is not drawn. */
async function refresh() {
  const mine = ++state.drawing;
  syncControls();
  try {
    await Promise.all(state.views.flatMap((view) => shownAxes(view).map((axis) => load(view, axis, mine))));
  } catch (failure) {
    if (mine === state.drawing) byId("message").textContent = failure.message;
    return;
  }
  if (mine !== state.drawing) return;
  state.views.forEach(showLegend);
  byId("message").textContent = "";
  document.body.dataset.ready = String(mine);
  clearTimeout(state.pause);
  state.pause = setTimeout(() => refine(mine), PAUSE);
}

async function load(view, axis, mine) {
  const at = view.position[axis];
  const time = timeOf(view.info);
  const got = await Promise.all(channelsOf(view).map((channel) => planes.get(view.number, axis, at, channel, time)));
  const over = labelsOf(view);
  const labels = over && over.normals.includes(axis)
    ? await planes.get(over.number, axis, sameIndex(axis, view.info, at, over.info), 0, timeOf(over.info)) : null;
  if (mine !== state.drawing) return;
  const shown = view.planes[axis];
  Object.assign(shown, { got, labels, index: at });
  layOut(view, axis);
  paintPlane(view, axis);
}

function paintPlane(view, axis) {
  const shown = view.planes[axis];
  if (!shown.got) return;
  if (view.info.role === "labels") {
    paintLabels(shown.picture, shown.got[0]);
  } else {
    const channels = channelsOf(view);
    paint(shown.picture, shown.got.map((plane, i) => ({ plane, ...view.windows[channels[i]], colour: channels.length > 1 ? view.info.channels[channels[i]].colour : 0xffffff })),
      view.info.role === "field" ? state.table : null);
  }
  shown.over.hidden = !shown.labels;
  if (shown.labels) paintLabels(shown.over, shown.labels);
  shown.box.dataset.index = shown.index;
  shown.box.dataset.level = shown.got[0].fine ? "fine" : "copy";
}

const paintShown = (view) => shownAxes(view).forEach((axis) => paintPlane(view, axis));

/* Slices of the image itself, one after the other, where the screen has more pixels than the copy. */
async function refine(mine) {
  for (const view of state.views) {
    if (view.info.port === undefined || view.coarse) continue;
    for (const axis of shownAxes(view)) {
      const shown = view.planes[axis];
      const plane = shown.got?.[0];
      if (!plane || plane.fine) continue;
      const kept = ["across", "down"].every((side) => view.info.axes[plane[side]].kept === view.info.axes[plane[side]].length);
      const box = shown.box.getBoundingClientRect();
      const wanted = Math.round(Math.max(box.width, box.height) * (window.devicePixelRatio || 1));
      if (kept && view.info.axes[axis]?.kept === lengthOf(view.info, axis) || wanted <= Math.max(plane.width, plane.height)) continue;
      for (const channel of channelsOf(view)) {
        if (mine !== state.drawing) return;
        const finer = await planes.finer(view.number, axis, view.position[axis], channel, timeOf(view.info), wanted);
        if (mine !== state.drawing) return;
        if (!finer.values) { view.coarse = true; view.why = finer.why; showFacts(view); break; }
      }
      if (view.coarse) break;
      await load(view, axis, mine);
    }
  }
  if (mine === state.drawing) document.body.dataset.refined = String(mine);
}

/* The size of a plane on the page, its letters, scale bar and cross. */
function layOut(view, axis) {
  const shown = view.planes[axis];
  const plane = shown.got[0];
  const info = view.info;
  const across = plane.pixelWidth * plane.width, down = plane.pixelHeight * plane.height;
  const ratio = across / down;
  shown.extent = { across, down };
  shown.box.style.aspectRatio = String(ratio);
  if (state.planes === "all" && info.axes.z) {
    shown.box.style.flex = `${across} 1 0`;
    shown.box.style.width = "";
  } else {
    shown.box.style.flex = "0 1 auto";
    shown.box.style.width = `min(100%, max(120px, calc((100vh - 210px) * ${ratio})))`;
  }
  shown.letters.forEach((letter, i) => { letter.textContent = plane.sides?.[i] ?? ""; });
  const cross = state.planes === "all" && info.axes.z;
  shown.down.hidden = shown.across.hidden = !cross;
  if (cross) {
    const part = (side) => {
      const fraction = (view.position[plane[side]] + 0.5) / lengthOf(info, plane[side]);
      return (plane[side === "across" ? "flippedAcross" : "flippedDown"] ? 1 - fraction : fraction) * 100;
    };
    shown.down.style.left = `${part("across")}%`;
    shown.across.style.top = `${part("down")}%`;
  }
  scaleBar(shown, across, plane.unit);
}

function scaleBar(shown, across, unit) {
  const most = across / 3;
  const power = 10 ** Math.floor(Math.log10(most));
  const length = [5, 2, 1].map((step) => step * power).find((step) => step <= most);
  shown.scale.hidden = !unit || !Number.isFinite(length);
  shown.scale.style.width = `${(length / across) * 100}%`;
  shown.scale.textContent = `${Number(length.toPrecision(1))} ${unitOf(unit)}`;
}

/* Which voxel is at a place of a plane, and its values. */
function under(view, axis, event) {
  const shown = view.planes[axis];
  const plane = shown.got?.[0];
  if (!plane) return null;
  const box = shown.box.getBoundingClientRect();
  const fractions = { across: (event.clientX - box.left) / box.width, down: (event.clientY - box.top) / box.height };
  const index = { [axis]: view.position[axis] };
  for (const side of ["across", "down"]) {
    const fraction = plane[side === "across" ? "flippedAcross" : "flippedDown"] ? 1 - fractions[side] : fractions[side];
    const length = lengthOf(view.info, plane[side]);
    index[plane[side]] = Math.max(0, Math.min(length - 1, Math.floor(fraction * length)));
  }
  const value = (one) => one.values[Math.min(one.height - 1, Math.max(0, Math.floor(fractions.down * one.height))) * one.width
    + Math.min(one.width - 1, Math.max(0, Math.floor(fractions.across * one.width)))];
  return { index, values: shown.got.map(value), label: shown.labels ? value(shown.labels) : null,
    exact: plane.width === view.info.axes[plane.across].length && plane.height === view.info.axes[plane.down].length };
}

function tell(view, axis, event) {
  const found = under(view, axis, event);
  if (!found) return;
  const { axes } = view.info;
  const places = AXES.filter((one) => axes[one]).map((one) => {
    const known = axes[one];
    return `${one} ${found.index[one]} (${written(known.origin + found.index[one] * known.voxelSize)}${known.unit ? ` ${unitOf(known.unit)}` : ""})`;
  });
  const value = found.values.map(written).join(", ");
  view.under.textContent = `${found.exact ? "" : "≈ "}${value}${found.label === null ? "" : `, label ${found.label}`} at ${places.join(", ")}`;
}

(async () => {
  try {
    const { initial, config } = await knime.start();
    if (!initial?.images) throw new Error("This node kept nothing to be shown: an older version executed it, or its settings or the size of the image forbid it.");
    build(initial);
    showMore(byId("more"), initial);
    await refresh();
    if (config.renderingConfig?.type === "REPORT") {
      const pictures = [...document.querySelectorAll("canvas.picture")].filter((canvas) => canvas.dataset.used).map((canvas) => `<img alt="" style="max-width:32%" src="${canvas.toDataURL()}">`);
      await knime.report(pictures.join(""));
    }
  } catch (failure) {
    byId("message").textContent = failure.message;
    document.body.dataset.ready = "failed";
  }
})();
