/* Planes: asking for them, keeping some, drawing them in windows and colours. */
const KEPT_PLANES = 48;

function decoded(answer) {
  const bytes = Uint8Array.from(atob(answer.values), (character) => character.charCodeAt(0));
  const types = { uint8: Uint8Array, uint16: Uint16Array, float32: Float32Array };
  return { ...answer, values: new types[answer.type](bytes.buffer) };
}

/* Asks for planes of small copies and remembers the newest; the same question twice is one. */
const planes = {
  known: new Map(),
  get(image, axis, index, channel, time) {
    const key = [image, axis, index, channel, time].join();
    let plane = this.known.get(key);
    if (!plane) {
      plane = knime.ask("slice", image, axis, index, channel, time).then(decoded);
      plane.catch(() => this.known.delete(key));
    }
    this.known.delete(key);
    this.known.set(key, plane);
    if (this.known.size > KEPT_PLANES) this.known.delete(this.known.keys().next().value);
    return plane;
  },
  /* A finer one in place of it; null where there is none to be had. */
  async finer(image, axis, index, channel, time, pixels) {
    const answer = await knime.ask("finer", image, axis, index, channel, time, pixels);
    if (!answer.values) return { why: answer.why ?? "" };
    const plane = { ...decoded(answer), fine: true };
    this.known.set([image, axis, index, channel, time].join(), Promise.resolve(plane));
    return plane;
  },
};

/* Where a value lies in a window, 0 to 255; a window of no width has its one value in the middle. */
function level(value, low, high) {
  if (high > low) return Math.max(0, Math.min(255, ((value - low) / (high - low)) * 255));
  return value > high ? 255 : value < low ? 0 : 127.5;
}

/* Draws channels onto a canvas: [{ plane, low, high, colour }], added up as light is; or one by a table of colours. */
function paint(canvas, channels, table) {
  const { width, height } = channels[0].plane;
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = canvas.getContext("2d");
  const pixels = context.createImageData(width, height);
  const data = pixels.data;
  for (const { plane, low, high, colour } of channels) {
    if (plane.values.length !== width * height) continue;
    const red = ((colour >> 16) & 255) / 255, green = ((colour >> 8) & 255) / 255, blue = (colour & 255) / 255;
    for (let i = 0, at = 0; i < plane.values.length; i++, at += 4) {
      const value = plane.values[i];
      if (Number.isNaN(value)) continue;
      const shade = level(value, low, high);
      if (table) {
        const rgb = table[Math.round(shade)];
        data[at] = rgb >> 16;
        data[at + 1] = (rgb >> 8) & 255;
        data[at + 2] = rgb & 255;
      } else {
        data[at] += shade * red;
        data[at + 1] += shade * green;
        data[at + 2] += shade * blue;
      }
      data[at + 3] = 255;
    }
  }
  context.putImageData(pixels, 0, 0);
}

/* Draws labels, 0 transparent. */
function paintLabels(canvas, plane) {
  canvas.width = plane.width;
  canvas.height = plane.height;
  const context = canvas.getContext("2d");
  const pixels = context.createImageData(plane.width, plane.height);
  for (let i = 0, at = 0; i < plane.values.length; i++, at += 4) {
    const rgb = plane.colours[plane.values[i]];
    if (rgb === undefined) continue;
    pixels.data[at] = rgb >> 16;
    pixels.data[at + 1] = (rgb >> 8) & 255;
    pixels.data[at + 2] = rgb & 255;
    pixels.data[at + 3] = 255;
  }
  context.putImageData(pixels, 0, 0);
}

const MOST_NAMED = 16;

/* Which colour is which: channels where several are shown, and the labels of the slices. */
function showLegend(view) {
  const channels = channelsOf(view);
  const named = view.info.role === "image" && channels.length > 1
    ? channels.map((channel) => [view.info.channels[channel].name || String(channel), view.info.channels[channel].colour]) : [];
  const labels = new Map();
  for (const axis of shownAxes(view)) {
    const { got, labels: over } = view.planes[axis];
    const plane = view.info.role === "labels" ? got?.[0] : over;
    for (const [label, colour] of Object.entries(plane?.colours ?? {})) labels.set(Number(label), colour);
  }
  named.push(...[...labels].sort(([a], [b]) => a - b).map(([label, colour]) => [String(label), colour]));
  const entries = named.slice(0, MOST_NAMED).map(([name, colour]) => {
    const patch = element("i");
    patch.style.background = `#${colour.toString(16).padStart(6, "0")}`;
    return element("span", {}, patch, name);
  });
  if (named.length > MOST_NAMED) entries.push(element("span", { textContent: `and ${named.length - MOST_NAMED} more` }));
  view.legend.replaceChildren(...entries);
}
