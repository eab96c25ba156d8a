/* Numbers and lines: how they are written, tables of figures, courses, histograms. */
const SVG = "http://www.w3.org/2000/svg";
const SERIES = ["#1a7f8c", "#ef8920", "#7b5ea7", "#558b2f", "#c62828", "#00838f"];
const SHORT_UNITS = { kilometer: "km", meter: "m", centimeter: "cm", millimeter: "mm", micrometer: "µm", nanometer: "nm", picometer: "pm", angstrom: "Å", second: "s", millisecond: "ms" };

function written(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  if (value === 0 || Number.isInteger(value) && Math.abs(value) < 1e7) return String(value);
  const size = Math.abs(value);
  return size >= 1e5 || size < 1e-3 ? value.toExponential(3).replace(/\.?0+e/, "e") : String(Number(value.toPrecision(5)));
}

const unitOf = (name) => SHORT_UNITS[name] ?? name ?? "";

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function drawn(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

/* A chart of lines: [{ name, points: [[x, y], ...], colour }]. */
function chart(title, series, { logarithmic = false, across = "", steps = false } = {}) {
  const width = 360, height = 150, left = 52, bottom = 24, top = 8, right = 8;
  const svg = drawn("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": title });
  const all = series.flatMap((one) => one.points).filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y) && (!logarithmic || y > 0));
  if (!all.length) return element("p", { textContent: "No values." });
  const scale = logarithmic ? Math.log10 : (y) => y;
  const bounds = (values) => [Math.min(...values), Math.max(...values)];
  const [x0, x1] = bounds(all.map(([x]) => x));
  let [y0, y1] = bounds(all.map(([, y]) => scale(y)));
  if (y0 === y1) { y0 -= 0.5; y1 += 0.5; }
  const place = ([x, y]) => [left + ((x - x0) / (x1 - x0 || 1)) * (width - left - right), top + (1 - (scale(y) - y0) / (y1 - y0)) * (height - top - bottom)];
  svg.append(drawn("path", { class: "axis", d: `M${left} ${top}V${height - bottom}H${width - right}` }));
  for (const y of [y0, y1]) {
    const at = y === y0 ? height - bottom : top + 8;
    svg.append(drawn("text", { x: left - 4, y: at, "text-anchor": "end" }, written(logarithmic ? Number((10 ** y).toPrecision(2)) : Number(y.toPrecision(3)))));
  }
  svg.append(drawn("text", { x: left, y: height - bottom + 12 }, written(Number(x0.toPrecision(4)))));
  svg.append(drawn("text", { x: width - right, y: height - bottom + 12, "text-anchor": "end" }, written(Number(x1.toPrecision(4)))));
  svg.append(drawn("text", { x: (left + width - right) / 2, y: height - 4, "text-anchor": "middle" }, across));
  series.forEach((one) => {
    const points = one.points.filter(([, y]) => Number.isFinite(y) && (!logarithmic || y > 0)).map(place);
    if (!points.length) return;
    const path = points.map(([x, y], i) => (i === 0 ? `M${x.toFixed(1)} ${y.toFixed(1)}` : steps ? `H${x.toFixed(1)}V${y.toFixed(1)}` : `L${x.toFixed(1)} ${y.toFixed(1)}`)).join("");
    const line = drawn("path", { class: "series", d: path, stroke: one.colour });
    line.append(drawn("title", {}, one.name));
    svg.append(line);
    if (points.length === 1) svg.append(drawn("circle", { cx: points[0][0], cy: points[0][1], r: 2.5, fill: one.colour }));
  });
  return svg;
}

function legend(series) {
  const box = element("p");
  for (const one of series) {
    const mark = element("span", { textContent: "▬ " });
    mark.style.color = one.colour;
    box.append(mark, `${one.name}  `);
  }
  return box;
}

/* Figures of a correction as the engine writes them. */
function figuresTable(figures) {
  const rows = [
    ["Mean", figures.before.mean, figures.after.mean, figures.field?.mean],
    ["Standard deviation", figures.before.standardDeviation, figures.after.standardDeviation, figures.field?.standardDeviation],
    ["Minimum", figures.before.minimum, figures.after.minimum, figures.field?.minimum],
    ["Median", figures.before.percentiles["50"], figures.after.percentiles["50"], figures.field?.percentiles["50"]],
    ["Maximum", figures.before.maximum, figures.after.maximum, figures.field?.maximum],
    ["Coefficient of variation *", figures.mask.before.coefficientOfVariation, figures.mask.after.coefficientOfVariation],
    ["Entropy in bits *", figures.mask.before.entropy, figures.mask.after.entropy],
  ];
  const body = element("tbody");
  for (const [name, ...values] of rows) {
    body.append(element("tr", {}, element("th", { scope: "row", textContent: name }),
      ...[0, 1, 2].map((i) => element("td", { textContent: i < values.length ? written(values[i]) : "" }))));
  }
  const head = element("tr", {}, ...["", "Before", "After", "Field"].map((name) => element("th", { scope: "col", textContent: name })));
  return element("table", {}, element("thead", {}, head), body);
}

function histogramChart(figures) {
  const { minimum, maximum, before, after } = figures.histogram;
  const width = (maximum - minimum) / before.length;
  const points = (counts) => counts.map((count, i) => [minimum + (i + 0.5) * width, Math.log10(1 + count)]);
  const series = [{ name: "Before", points: points(before), colour: SERIES[1] }, { name: "After", points: points(after), colour: SERIES[0] }];
  return [chart("Histogram before and after, logarithmic", series, { across: "value" }), legend(series)];
}

/* All that stands below the images. */
function showMore(box, initial) {
  if (initial.figures) {
    box.append(element("div", { id: "figures" }, element("h3", { textContent: "Figures" }), figuresTable(initial.figures),
      element("p", { textContent: `Of the low-resolution images, from which the field was estimated. * Of ${initial.figures.mask.meaning}.` })));
    box.append(element("div", { id: "histograms" }, element("h3", { textContent: "Histogram (logarithm of the number of voxels)" }), ...histogramChart(initial.figures)));
  }
  if (initial.courses?.length) {
    const series = initial.courses.map((course, i) => ({ name: course.name, colour: SERIES[i % SERIES.length], points: course.values.map((y, x) => [x + 1, y]) }));
    const names = element("div");
    series.slice(0, 8).forEach((one) => names.append(legend([one])));
    box.append(element("div", { id: "courses" }, element("h3", { textContent: "Convergence after each iteration" }),
      chart("Convergence", series, { logarithmic: true, across: "iteration" }), names));
  }
}
