/* Controls: what the page is built of, keys and wheel, histograms with the ends of the window. */
const CHOICES = ["0 100", "0.1 99.9", "0.5 99.5", "1 99", "2 98", "5 95"];

/* What stands above an image: what it is, and whether its own voxels can be read. */
function showFacts(view) {
  const { info } = view;
  const axes = Object.entries(info.axes);
  const sizes = axes.map(([axis, known]) => `${axis} ${known.length}`).join(" × ");
  const voxel = axes.filter(([axis]) => AXES.includes(axis)).map(([, known]) => written(known.voxelSize)).join(" × ");
  const copied = axes.some(([, known]) => known.kept !== known.length);
  const copy = !copied ? "" : `, copy ${axes.filter(([axis]) => AXES.includes(axis)).map(([, known]) => known.kept).join(" × ")}`;
  view.facts.textContent = `${sizes}, ${info.pixelType}, voxels ${voxel} ${unitOf(info.axes.x.unit)}${info.orientation ? `, ${info.orientation}` : ""}${copy}`;
  view.facts.title = view.why ?? "";
}

function planeOf(view, axis) {
  const box = element("div", { className: "plane", tabIndex: 0, role: "img" });
  box.setAttribute("aria-label", `${view.info.title}, slice across ${axis}`);
  box.dataset.axis = axis;
  const picture = element("canvas", { className: "picture" });
  const over = element("canvas", { className: "over", hidden: true });
  const letters = ["left", "right", "top", "bottom"].map((side) => element("span", { className: `letter ${side}` }));
  const down = element("i", { className: "cross down" }), across = element("i", { className: "cross across" });
  const scale = element("span", { className: "scale", hidden: true });
  box.append(picture, over, across, down, ...letters, scale);
  const move = (event) => {
    const found = under(view, axis, event);
    if (!found) return;
    for (const other of AXES.filter((one) => one !== axis && view.info.axes[one])) setPosition(view, other, found.index[other]);
    refresh();
  };
  box.addEventListener("pointerdown", (event) => { if (event.button === 0 && view.info.axes.z) { box.setPointerCapture(event.pointerId); move(event); } });
  box.addEventListener("pointermove", (event) => { tell(view, axis, event); if (event.buttons & 1 && view.info.axes.z) move(event); });
  box.addEventListener("pointerleave", () => { view.under.textContent = ""; });
  box.addEventListener("focus", () => { state.axis = axis; state.active = view; });
  box.addEventListener("wheel", (event) => {
    event.preventDefault();
    place(view, axis, view.position[axis] + Math.sign(event.deltaY || event.deltaX));
  }, { passive: false });
  return { box, picture, over, letters, down, across, scale };
}

function viewOf(info, number) {
  const view = { info, number, position: {}, planes: {}, windows: [], normals: normalsOf(info) };
  for (const axis of AXES) view.position[axis] = Math.floor(lengthOf(info, axis) / 2);
  view.facts = element("p", { className: "facts" });
  view.legend = element("p", { className: "legend" });
  view.under = element("p", { className: "under" });
  const row = element("div", { className: "planes" });
  for (const axis of view.normals) {
    view.planes[axis] = planeOf(view, axis);
    row.append(view.planes[axis].box);
  }
  view.section = element("article", {}, element("h2", { textContent: info.title }), view.facts, row, view.legend, view.under);
  view.section.dataset.image = number;
  if (info.role === "field") {
    view.bar = element("canvas", { className: "bar", width: 256, height: 1 });
    view.bar.setAttribute("role", "img");
    view.bar.setAttribute("aria-label", "Colours from the lowest value to the highest");
    view.section.append(view.bar);
    paint(view.bar, [{ plane: { width: 256, height: 1, values: Float32Array.from({ length: 256 }, (_, i) => i) }, low: 0, high: 255, colour: 0 }], state.table);
  }
  if (info.role !== "labels") view.section.append(histogramOf(view));
  showFacts(view);
  return view;
}

function histogramOf(view) {
  view.histogram = element("canvas", { className: "histogram" });
  view.histogram.setAttribute("role", "img");
  view.histogram.setAttribute("aria-label", `Histogram of ${view.info.title}`);
  view.ends = ["low", "high"].map((end) => {
    const input = element("input", { type: "number", step: "any" });
    input.setAttribute("aria-label", `${view.info.title}: ${end === "low" ? "shown as black" : "shown as white"}`);
    input.addEventListener("change", () => {
      const now = { ...view.windows[channelsOf(view)[0]], [end]: Number(input.value) };
      if (input.value !== "" && now.low <= now.high) setWindow(view, channelsOf(view)[0], now.low, now.high);
      else drawWindows(view);
    });
    return input;
  });
  const drag = (event) => {
    const channel = channelsOf(view)[0];
    const bins = view.info.channels[channel].histogram;
    if (!bins || channelsOf(view).length > 1) return;
    const box = view.histogram.getBoundingClientRect();
    const value = bins.low + ((event.clientX - box.left) / box.width) * (bins.high - bins.low);
    const { low, high } = view.windows[channel];
    if (event.type === "pointerdown") view.end = Math.abs(value - low) < Math.abs(value - high) ? "low" : "high";
    if (view.end === "low") setWindow(view, channel, Math.min(value, high), high);
    else setWindow(view, channel, low, Math.max(value, low));
  };
  view.histogram.addEventListener("pointerdown", (event) => { view.histogram.setPointerCapture(event.pointerId); drag(event); });
  view.histogram.addEventListener("pointermove", (event) => { if (event.buttons & 1) drag(event); });
  view.histogram.addEventListener("dblclick", () => chooseWindow("auto"));
  view.note = element("span");
  return element("div", {}, view.histogram, element("div", { className: "ends" }, view.ends[0], view.note, view.ends[1]));
}

/* The histogram, the ends of the window in it, and thresholds. */
function drawWindows(view) {
  if (view.info.role === "labels") return;
  const shown = channelsOf(view);
  const single = shown.length === 1;
  const canvas = view.histogram, ratio = window.devicePixelRatio || 1;
  canvas.width = Math.max(1, Math.round(canvas.clientWidth * ratio));
  canvas.height = Math.max(1, Math.round(canvas.clientHeight * ratio));
  const context = canvas.getContext("2d");
  const style = getComputedStyle(document.documentElement);
  for (const channel of shown) {
    const { histogram, colour, thresholds = [] } = view.info.channels[channel];
    if (!histogram?.counts.length) continue;
    const top = Math.log1p(histogram.counts.reduce((a, b) => Math.max(a, b), 0));
    const width = canvas.width / histogram.counts.length;
    context.globalAlpha = single ? 1 : 0.5;
    context.fillStyle = single ? style.getPropertyValue("--accent") : `#${colour.toString(16).padStart(6, "0")}`;
    histogram.counts.forEach((count, i) => {
      const height = (Math.log1p(count) / top) * canvas.height;
      context.fillRect(i * width, canvas.height - height, Math.max(1, width - (width > 4 ? 1 : 0)), height);
    });
    context.globalAlpha = 1;
    if (!single) continue;
    const line = (value, paintedAs, wide) => {
      const x = ((value - histogram.low) / (histogram.high - histogram.low || 1)) * canvas.width;
      context.fillStyle = paintedAs;
      context.fillRect(Math.max(0, Math.min(canvas.width - wide * ratio, x - (wide * ratio) / 2)), 0, wide * ratio, canvas.height);
    };
    thresholds.forEach((value) => line(value, "#ef8920", 3));
    line(view.windows[channel].low, style.getPropertyValue("--mark"), 2);
    line(view.windows[channel].high, style.getPropertyValue("--mark"), 2);
  }
  const known = view.info.channels[shown[0]];
  const limits = view.windows[shown[0]];
  view.ends.forEach((input, i) => { input.hidden = !single; input.value = Number((i ? limits.high : limits.low).toPrecision(6)); });
  view.note.textContent = !single ? "One channel at a time has ends to be moved." : known.thresholds?.length ? `Thresholds: ${known.thresholds.map(written).join(", ")}` : known.ranks?.length ? "" : "No finite values.";
}

function chooseWindow(choice) {
  byId("window").value = choice;
  takeWindows(choice);
  state.views.forEach(drawWindows);
  state.views.forEach(paintShown);
}

function slider(axis) {
  const range = element("input", { type: "range", min: 0, value: 0 });
  const output = element("output");
  const label = element("label", { title: "keys ↑ and ↓" }, `${axis} `, range, output);
  label.dataset.axis = axis;
  range.addEventListener("input", () => {
    state.axis = axis;
    const view = state.views.find((one) => lengthOf(one.info, axis) === Number(range.max) + 1) ?? state.views[0];
    place(view, axis, Number(range.value));
  });
  return { label, range, output };
}

/* Controls show what the state is. */
function syncControls() {
  const first = state.active ?? state.views[0];
  for (const axis of AXES) {
    const { label, range, output } = state.sliders[axis];
    const length = lengthOf(first.info, axis);
    label.hidden = length < 2 || !first.info.axes.z || (state.planes !== "all" && state.planes !== axis);
    range.max = length - 1;
    range.value = first.position[axis];
    output.textContent = `${first.position[axis]} / ${length - 1}`;
  }
  byId("positions").hidden = AXES.every((axis) => state.sliders[axis].label.hidden);
  byId("time").value = state.time;
  byId("timeText").textContent = `${state.time} / ${byId("time").max}`;
  for (const view of state.views) {
    for (const axis of view.normals) {
      const { box, picture } = view.planes[axis];
      box.hidden = !shownAxes(view).includes(axis);
      picture.dataset.used = box.hidden ? "" : "yes";
    }
  }
  byId("images").className = `${state.planes === "all" ? "all" : "one"}${state.views.length > 2 ? " many" : ""}${byId("smooth").checked ? " smooth" : ""}`;
  byId("images").style.setProperty("--columns", state.planes === "all" && first.info.axes.z ? 1 : Math.min(3, state.views.length));
}

function choosePlanes(planes) {
  state.planes = planes;
  if (planes !== "all") state.axis = planes;
  document.querySelector(`[name=planes][value=${planes}]`).checked = true;
  refresh().then(() => state.views.forEach(drawWindows));
}

function onKey(event) {
  if (event.key === "Escape") return knime.escape();
  if (event.ctrlKey || event.metaKey || event.altKey || /^(SELECT|INPUT)$/.test(event.target.tagName) && event.target.type !== "checkbox" && event.target.type !== "radio") return;
  if (event.target.type === "radio" && event.key.startsWith("Arrow")) return;
  const view = state.active ?? state.views[0];
  const last = lengthOf(view.info, state.axis) - 1;
  const at = view.position[state.axis];
  const steps = { ArrowUp: at + 1, ArrowDown: at - 1, PageUp: at + 10, PageDown: at - 10, Home: 0, End: last };
  const times = { ArrowRight: 1, ArrowLeft: -1 };
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key in steps) place(view, state.axis, steps[key]);
  else if (key in times && !byId("timeBox").hidden) chooseTime(state.time + times[key]);
  else if ("azyx".includes(key) && !byId("cuts").hidden) choosePlanes(key === "a" ? "all" : key);
  else if (key === "c" && !byId("channelBox").hidden) {
    const choice = byId("channel");
    choice.selectedIndex = (choice.selectedIndex + 1) % choice.options.length;
    choice.dispatchEvent(new Event("change"));
  } else if (key === "l" && state.over) {
    document.body.classList.toggle("bare");
    showOpacity();
  } else if (key === "r") chooseWindow("auto");
  else return;
  event.preventDefault();
}

function chooseTime(time) {
  state.time = Math.max(0, Math.min(Number(byId("time").max), time));
  refresh();
}

function showOpacity() {
  const opacity = document.body.classList.contains("bare") ? 0 : byId("opacity").value;
  document.querySelectorAll("canvas.over").forEach((canvas) => { canvas.style.opacity = opacity; });
}

/* Makes the page of what the node keeps. */
function build(initial) {
  const { settings } = initial;
  state.table = initial.fieldColours;
  state.ranks = [settings.low, settings.high];
  const views = initial.images.map(viewOf);
  const over = initial.over !== undefined && views.length > 1 ? views[initial.over] : null;
  state.over = over;
  state.views = views.filter((view) => view !== over);
  state.sliders = {};
  for (const axis of AXES) {
    state.sliders[axis] = slider(axis);
    byId("positions").append(state.sliders[axis].label);
  }
  byId("images").append(...state.views.map((view) => view.section));
  const most = (axis) => Math.max(...state.views.map((view) => lengthOf(view.info, axis)));
  byId("time").max = most("t") - 1;
  byId("timeBox").hidden = most("t") < 2;
  const named = state.views.reduce((a, b) => (b.info.channels.length > a.info.channels.length ? b : a)).info.channels;
  byId("channelBox").hidden = named.length < 2;
  const options = named.map((channel, i) => element("option", { value: i, textContent: channel.name || String(i) }));
  if (named.length > 1) options.unshift(element("option", { value: "all", textContent: "all" }));
  byId("channel").append(...options);
  state.channel = named.length > 1 && named.length <= 6 ? "all" : 0;
  byId("channel").value = String(state.channel);
  byId("window").append(element("option", { value: "auto", textContent: "automatic" }),
    ...CHOICES.map((choice) => element("option", { value: choice, textContent: choice === "0 100" ? "least to greatest" : `${choice.replace(" ", " – ")} %` })),
    element("option", { value: "hand", textContent: "by hand" }));
  byId("linkWindows").checked = settings.linkWindows;
  byId("linkPositions").checked = settings.linkPositions;
  byId("smooth").checked = settings.smooth;
  byId("opacity").value = settings.opacity;
  byId("linkWindowsBox").hidden = state.views.filter((view) => view.info.role === "image").length < 2;
  byId("linkPositionsBox").hidden = state.views.length < 2;
  byId("opacityBox").hidden = !over;
  const volumes = state.views.some((view) => view.info.axes.z);
  byId("cuts").hidden = !volumes;
  state.planes = volumes ? settings.planes : "z";
  state.axis = state.planes === "all" ? "z" : state.planes;
  document.querySelector(`[name=planes][value=${state.planes}]`).checked = true;
  takeWindows("auto");
  showOpacity();
  document.querySelectorAll("[name=planes]").forEach((radio) => radio.addEventListener("change", () => choosePlanes(radio.value)));
  byId("time").addEventListener("input", () => chooseTime(Number(byId("time").value)));
  byId("channel").addEventListener("change", () => {
    state.channel = byId("channel").value === "all" ? "all" : Number(byId("channel").value);
    refresh().then(() => state.views.forEach(drawWindows));
  });
  byId("window").addEventListener("change", () => { if (byId("window").value !== "hand") chooseWindow(byId("window").value); });
  byId("linkWindows").addEventListener("change", () => chooseWindow(byId("window").value === "hand" ? "auto" : byId("window").value));
  byId("linkPositions").addEventListener("change", () => place(state.views[0], state.axis, state.views[0].position[state.axis]));
  byId("opacity").addEventListener("input", () => { document.body.classList.remove("bare"); showOpacity(); });
  byId("smooth").addEventListener("change", syncControls);
  byId("help").addEventListener("click", () => {
    byId("keys").hidden = !byId("keys").hidden;
    byId("help").setAttribute("aria-expanded", String(!byId("keys").hidden));
  });
  window.addEventListener("keydown", onKey);
  window.addEventListener("resize", () => { state.views.forEach(drawWindows); clearTimeout(state.pause); state.pause = setTimeout(() => refine(state.drawing), PAUSE); });
  byId("bar").hidden = false;
  requestAnimationFrame(() => state.views.forEach(drawWindows));
}
