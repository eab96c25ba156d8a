// Controls made of what a plugin declares of its parameters: nothing here is about one plugin.
const NUMBERS = ["number", "integer"];
const PAUSE = 120; // milliseconds after the last key before a change counts; a newer one ends an older one at once

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function inputOf(parameter, id) {
  if (parameter.type === "choice") {
    const select = element("select", {}, ...parameter.choices.map(choice => new Option(choice, choice)));
    select.value = parameter.value;
    return select;
  }
  if (parameter.type === "boolean") {
    return element("input", { type: "checkbox", checked: parameter.value === "true" });
  }
  const input = element("input", { type: NUMBERS.includes(parameter.type) ? "number" : "text", value: parameter.value });
  if (input.type === "number") {
    input.step = parameter.type === "integer" ? "1" : "any";
    if (parameter.minimum !== null) input.min = parameter.minimum;
    if (parameter.maximum !== null) input.max = parameter.maximum;
  }
  if (parameter.choices.length > 0) {
    input.setAttribute("list", id + "-list");
  }
  return input;
}

function controlOf(parameter, plugin, changed) {
  const id = "p" + plugin + "-" + parameter.name;
  const input = inputOf(parameter, id);
  input.id = id;
  input.name = plugin + "." + parameter.name;
  input.setAttribute("aria-describedby", id + "-unit " + id + "-text");
  let timer;
  const later = wait => { clearTimeout(timer); timer = setTimeout(changed, wait); };
  const typed = input.type === "number" || input.type === "text";
  input.addEventListener("input", () => (typed ? later(PAUSE) : changed()));
  const text = element("details", { id: id + "-text" },
    element("summary", { textContent: parameter.accepted + (parameter.default === null ? "" : "; " + parameter.default + " if not given") }),
    parameter.description);
  const value = element("div", { className: "value" }, input, element("span", { className: "unit", id: id + "-unit", textContent: parameter.unit }));
  if (input.hasAttribute("list")) {
    value.append(element("datalist", { id: id + "-list" }, ...parameter.choices.map(choice => new Option(choice, choice))));
  }
  const control = element("div", { className: "control" }, element("label", { htmlFor: id, textContent: parameter.name }), value, text);
  control.dataset.name = parameter.name;
  return control;
}

/** Fills a form with the controls of some plugins; `changed` is called when the user pauses after a change. */
export function controlsOf(plugins, form, changed) {
  plugins.forEach((plugin, number) => {
    const group = element("fieldset", {}, element("legend", { textContent: plugin.name }));
    group.title = plugin.description;
    group.append(...plugin.parameters.map(parameter => controlOf(parameter, number, changed)));
    form.append(group);
  });
}

/** The values of the controls, as a form's body. */
export function valuesOf(form) {
  const values = new URLSearchParams();
  for (const input of form.querySelectorAll("[name]")) {
    values.append(input.name, input.type === "checkbox" ? String(input.checked) : input.value);
  }
  return values;
}
