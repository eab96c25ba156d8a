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
let viewerLies;

async function json(address, options) {
  const answer = await fetch(address, options);
  if (!answer.ok) throw new Error((await answer.text()) || answer.statusText);
  return answer.json();
}

function shown(side) {
  return side === "left" ? state.images[0] : at("other").value;
}

/** What of an image is shown in a picture, for who does not see it. */
function told(image) {
  return "Slice " + positions[axis] + " of " + state.lengths[axis] + " across " + axis + " of the " + { source: "source", corrected: "corrected image", field: "field" }[image];
}

function channel() {
  return Number(at("channel").value || 0);
}

function windowOf(image) {
  if (image === "corrected" && both() && at("same").checked) return windowOf("source");
  return windows[image + channel()] ?? state.windows[image];
}

/** Whether there is something beside the first image. */
function both() {
  return state.images.length > 1;
}

function address(image, size) {
  const [low, high] = windowOf(image);
  const query = new URLSearchParams({
    image, version: state.version, axis, slice: positions[axis], size,
    channel: channel(), time: at("time").value || 0, low, high });
  if (at("labels").value) query.set("labels", at("labels").value);
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
  const fine = Math.ceil(image.closest(".frame").clientWidth * Math.min(2, devicePixelRatio));
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
  const frame = image.closest(".frame"), width = image.naturalWidth, height = image.naturalHeight;
  const scale = Math.min(frame.clientWidth / width, frame.clientHeight / height);
  image.style.width = Math.max(1, width * scale) + "px";
  image.style.height = Math.max(1, height * scale) + "px";
  letters(image.parentElement);
}

/** Writes what lies at each side of a picture, where that is known. */
function letters(picture) {
  for (const old of picture.querySelectorAll(".letter")) old.remove();
  const sides = state.sides[axis] ?? [];
  ["left", "right", "top", "bottom"].forEach((side, i) => {
    if (sides[i]) picture.append(Object.assign(document.createElement("span"), { className: "letter " + side, textContent: sides[i] }));
  });
}

/** Says how the image lies on the screen. */
function lies(inViewer) {
  const named = Object.keys(state.sides).length > 0;
  at("lies").hidden = !named && !inViewer;
  at("lies").textContent = !named && inViewer ? "neuroglancer shows y downward."
    : inViewer ? viewerLies(state.directions)
    : "R and L are the person's right and left, A is in front, P behind, S above, I below. Right is at the right (neurological).";
}

function showAll() {
  const other = at("other").value;
  at("firstName").textContent = state.images[0];
  at("otherName").textContent = other;
  at("left").alt = told(state.images[0]);
  if (both()) at("right").alt = told(other);
  for (const input of document.querySelectorAll("[data-window]")) {
    const image = input.dataset.window === "first" ? state.images[0] : other;
    if (!image) continue;
    if (document.activeElement !== input) input.value = Number(windowOf(image)[input.dataset.end].toPrecision(6));
  }
  if (viewer && !at("viewer").hidden) { lies(true); viewer.show(state, windowOf, other, channel(), at("labels").value); return; }
  lies(false);
  show("left");
  if (both()) show("right");
}

function goTo(position) {
  const length = state.lengths[axis];
  if (Number.isNaN(position)) return;
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
  at("commands").hidden = state.command === ""; // there is none
  at("note").textContent = state.note;
  at("status").textContent = state.preliminary ? "Preliminary; estimating …"
    : state.plugins.length > 0 ? "Estimated in " + state.seconds.toFixed(2) + " s." : "";
  at("told").replaceChildren(...state.told.map(text => Object.assign(document.createElement("li"), { textContent: text })));
  document.documentElement.dataset.version = state.version;
}

// Where a plugin has something quicker than what is asked for, that is shown until the estimate is there.
let change = 0;
async function changed() {
  const mine = ++change;
  at("status").textContent = "Estimating …";
  follow(mine);
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

/** Says how far an estimate is that takes long. */
async function follow(mine) {
  const pause = () => new Promise(done => setTimeout(done, 500));
  for (await pause(); mine === change && at("status").textContent.includes("stimating"); await pause()) {
    const doing = await json("/page/progress").catch(() => "");
    if (mine === change && doing && at("status").textContent.includes("stimating")) {
      at("status").textContent = (state.preliminary ? "Preliminary; estimating: " : "Estimating: ") + doing;
    }
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
      const { open, viewerLies: says } = await import("/page/viewer.js");
      viewerLies = says;
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
  for (const name of Object.keys(state.labels)) at("labels").append(new Option(name.replace(/^labels-/, ""), name));
  at("over").hidden = Object.keys(state.labels).length === 0;
  for (const name of state.images.slice(1)) at("other").append(new Option(name, name));
  for (const part of document.querySelectorAll(".both")) part.hidden = !both();
  at("pair").classList.toggle("single", !both());
  controlsOf(state.plugins, at("controls"), changed);
  at("views").hidden = !(state.viewer && webgl());
  across(first.value);
}

at("slice").addEventListener("input", e => goTo(e.target.valueAsNumber));
at("sliceNumber").addEventListener("change", e => goTo(e.target.valueAsNumber));
for (const id of ["time", "other", "same", "labels"]) at(id).addEventListener("change", showAll);
at("channel").addEventListener("change", async () => {
  take(await json("/page/state?channel=" + channel()));
  showAll();
});
for (const input of document.querySelectorAll("[name=view]")) input.addEventListener("change", () => chooseView(input.value));
for (const input of document.querySelectorAll("[data-window]")) {
  input.addEventListener("change", () => {
    const image = input.dataset.window === "first" ? state.images[0] : at("other").value;
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
    const step = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10, Home: -Infinity, End: Infinity }[e.key];
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
