// The page of `serve --open`: pictures that the server renders, controls made of what plugins declare.
import { controlsOf, valuesOf } from "/page/controls.js";

const token = document.querySelector("meta[name=token]").content;
const at = id => document.getElementById(id);
const COARSE = 128; // pixels of the picture that comes first
let state;
let axis;
const positions = {}; // of the slice, by axis
const windows = {}; // that the user set, by image and channel
let viewer;

async function json(address, options) {
  const answer = await fetch(address, options);
  if (!answer.ok) throw new Error((await answer.text()) || answer.statusText);
  return answer.json();
}

function shown(side) {
  return side === "left" ? "source" : at("other").value;
}

function channel() {
  return Number(at("channel").value || 0);
}

function windowOf(image) {
  if (image === "corrected" && at("same").checked) return windowOf("source");
  return windows[image + channel()] ?? state.windows[image];
}

function address(image, size) {
  const [low, high] = windowOf(image);
  const query = new URLSearchParams({
    image, version: state.version, axis, slice: positions[axis], size,
    channel: channel(), time: at("time").value || 0, low, high });
  return "/page/picture.png?" + query;
}

// Each side shows a coarse picture first, then the fine one; a newer request makes an older one void.
const turns = { left: 0, right: 0 };
const requests = {};
async function show(side) {
  const turn = ++turns[side];
  requests[side]?.abort();
  requests[side] = new AbortController();
  const image = at(side);
  const fine = Math.ceil(image.parentElement.clientWidth * Math.min(2, devicePixelRatio));
  for (const size of [COARSE, Math.max(COARSE, Math.min(fine, 2048))]) {
    try {
      const answer = await fetch(address(shown(side), size), { signal: requests[side].signal });
      if (!answer.ok) throw new Error(await answer.text());
      const blob = URL.createObjectURL(await answer.blob());
      if (turn !== turns[side]) { URL.revokeObjectURL(blob); return; }
      const before = image.src;
      image.src = blob;
      await image.decode().catch(() => {});
      if (before.startsWith("blob:")) URL.revokeObjectURL(before);
      fit(image);
      image.classList.toggle("coarse", size === COARSE);
      image.dataset.version = state.version;
      image.dataset.size = size;
    } catch (e) {
      if (e.name !== "AbortError" && turn === turns[side]) at("failure").textContent = e.message;
      return;
    }
  }
}

function fit(image) {
  const frame = image.parentElement, width = image.naturalWidth, height = image.naturalHeight;
  const scale = Math.min(frame.clientWidth / width, frame.clientHeight / height);
  image.style.width = Math.max(1, width * scale) + "px";
  image.style.height = Math.max(1, height * scale) + "px";
}

function showAll() {
  const other = at("other").value;
  at("otherName").textContent = other;
  at("right").alt = "Slice of the " + (other === "field" ? "field" : "corrected image");
  for (const input of document.querySelectorAll("[data-window]")) {
    const image = input.dataset.window === "source" ? "source" : other;
    if (document.activeElement !== input) input.value = Number(windowOf(image)[input.dataset.end].toPrecision(6));
  }
  if (viewer && !at("viewer").hidden) { viewer.show(state, windowOf, other, channel()); return; }
  show("left");
  show("right");
}

function goTo(position) {
  const length = state.lengths[axis];
  if (!Number.isFinite(position)) return;
  positions[axis] = Math.min(length - 1, Math.max(0, Math.round(position)));
  at("slice").value = at("sliceNumber").value = positions[axis];
  showAll();
}

function across(letter) {
  axis = letter;
  for (const input of [at("slice"), at("sliceNumber")]) input.max = state.lengths[axis] - 1;
  goTo(positions[axis]);
}

function take(next) {
  state = next;
  document.title = state.name + " · Scaled Imaging";
  at("name").textContent = state.name;
  at("facts").textContent = state.facts;
  at("command").textContent = state.command;
  at("commands").hidden = state.command === ""; // of a recipe
  at("status").textContent = state.preliminary ? "Preliminary; estimating …" : "Estimated in " + state.seconds.toFixed(2) + " s.";
  at("told").replaceChildren(...state.told.map(text => Object.assign(document.createElement("li"), { textContent: text })));
  document.documentElement.dataset.version = state.version;
}

// Where a plugin has something quicker than what is asked for, that is shown until the estimate is there.
let change = 0;
async function changed() {
  const mine = ++change;
  at("status").textContent = "Estimating …";
  const body = valuesOf(at("controls"));
  try {
    for (const query of state.quicker ? ["&preliminary", ""] : [""]) {
      const next = await json("/page/parameters?channel=" + channel() + query, { method: "POST", body, headers: { "X-Token": token } });
      if (mine !== change) return;
      at("failure").textContent = "";
      mark(null);
      take(next);
      showAll();
    }
  } catch (e) {
    if (mine !== change) return;
    at("status").textContent = "";
    at("failure").textContent = e.message;
    mark(e.message);
  }
}

function mark(sentence) {
  for (const control of document.querySelectorAll(".control")) {
    const wrong = sentence !== null && new RegExp("(^| )" + control.dataset.name + "( |:)").test(sentence);
    control.classList.toggle("wrong", wrong);
    control.querySelector("[name]").setAttribute("aria-invalid", wrong);
  }
}

async function chooseView(value) {
  const inViewer = value === "viewer";
  if (inViewer && !viewer) {
    try {
      const { open } = await import("/page/viewer.js");
      at("viewer").hidden = false;
      viewer = await open(at("viewer"), state);
    } catch (e) {
      at("viewer").hidden = true;
      at("failure").textContent = "This browser cannot show neuroglancer (" + e.message + "): the slices need no WebGL.";
      document.querySelector("[name=view][value=pictures]").checked = true;
      return;
    }
  }
  at("viewer").hidden = !inViewer;
  at("pair").hidden = inViewer;
  for (const part of document.querySelectorAll(".slicing")) part.hidden = inViewer;
  if (!inViewer) hideWhatHasOne();
  showAll();
}

/** Nobody needs a control of which there is one value. */
function hideWhatHasOne() {
  at("axes").hidden = state.normals.length < 2;
  at("times").hidden = state.times < 2;
  at("slices").hidden = state.normals.every(letter => state.lengths[letter] < 2);
}

function webgl() {
  return document.createElement("canvas").getContext("webgl2")?.getExtension("EXT_color_buffer_float") != null;
}

async function start() {
  take(await json("/page/state"));
  for (const letter of state.normals) {
    positions[letter] = Math.floor(state.lengths[letter] / 2);
    const label = document.createElement("label");
    const input = Object.assign(document.createElement("input"), { type: "radio", name: "axis", value: letter });
    input.addEventListener("change", () => across(letter));
    label.append(input, " " + letter);
    at("axes").append(label);
  }
  const first = document.querySelector("[name=axis]");
  first.checked = true;
  hideWhatHasOne();
  state.channels.forEach((name, i) => at("channel").append(new Option(name, i)));
  at("channels").hidden = state.channels.length < 2;
  at("time").max = state.times - 1;
  controlsOf(state.plugins, at("controls"), changed);
  at("views").hidden = !(state.viewer && webgl());
  across(first.value);
}

at("slice").addEventListener("input", e => goTo(e.target.valueAsNumber));
at("sliceNumber").addEventListener("change", e => goTo(e.target.valueAsNumber));
for (const id of ["time", "other", "same"]) at(id).addEventListener("change", showAll);
at("channel").addEventListener("change", async () => {
  take(await json("/page/state?channel=" + channel()));
  showAll();
});
for (const input of document.querySelectorAll("[name=view]")) input.addEventListener("change", () => chooseView(input.value));
for (const input of document.querySelectorAll("[data-window]")) {
  input.addEventListener("change", () => {
    const image = input.dataset.window === "source" ? "source" : at("other").value;
    const set = [...windowOf(image)];
    set[input.dataset.end] = input.valueAsNumber;
    const key = image + channel();
    if (Number.isFinite(input.valueAsNumber)) windows[key] = set; else delete windows[key]; // empty: as at first
    if (image === "corrected") at("same").checked = false;
    showAll();
  });
}
for (const side of ["left", "right"]) {
  at(side).addEventListener("wheel", e => {
    e.preventDefault();
    goTo(positions[axis] + Math.sign(e.deltaY));
  }, { passive: false });
  at(side).addEventListener("keydown", e => {
    const step = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10 }[e.key];
    if (step) { e.preventDefault(); goTo(positions[axis] + step); }
  });
}
at("controls").addEventListener("submit", e => e.preventDefault());
at("copy").addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(state.command);
    at("status").textContent = "Copied.";
  } catch {
    getSelection().selectAllChildren(at("command"));
    at("status").textContent = "Selected: copy it with the keyboard.";
  }
});
let resizing;
addEventListener("resize", () => { clearTimeout(resizing); resizing = setTimeout(showAll, 200); });
start().catch(e => { at("failure").textContent = e.message; });
