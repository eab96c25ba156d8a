'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const figures = data.figures;
  const id = name => document.getElementById(name);
  const make = (name, attributes = {}, text) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    if (text !== undefined) node.textContent = text;
    return node;
  };
  const short = value => value === null || value === undefined ? '–' : Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));

  document.title = data.title + ' – report';
  id('title').textContent = data.title;
  id('names').textContent = 'Before: ' + data.beforeName + ' · After: ' + data.afterName;

  if (data.notices.length) {
    id('warnings').hidden = false;
    for (const notice of data.notices) {
      const sentence = (notice.warning ? 'Warning: ' : '') + notice.sentence;
      id('warnings').querySelector('ul').append(make('li', notice.warning ? {class: 'warning'} : {}, sentence));
    }
  }

  // The slider is one for all axes; a pointer on a picture moves it, too.
  const split = id('split');
  const divide = () => {
    document.documentElement.style.setProperty('--split', split.value + '%');
    split.setAttribute('aria-valuetext', split.value + ' % before');
  };
  split.addEventListener('input', divide);
  divide();

  for (const [axis, stack] of Object.entries(data.stacks)) {
    const view = make('div', {class: 'view', role: 'group', 'aria-label': 'Slices along ' + axis});
    const figure = make('figure');
    const pair = make('div', {class: 'pair'});
    const after = make('img', {class: 'back'});
    const before = make('img', {class: 'front'});
    pair.append(after, before);
    const drag = event => {
      if (event.buttons & 1) {
        const box = pair.getBoundingClientRect();
        split.value = Math.round(100 * Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)));
        divide();
      }
    };
    pair.addEventListener('pointerdown', drag);
    pair.addEventListener('pointermove', drag);
    const label = make('figcaption');
    const slices = stack.after.slices;
    const scroll = make('input', {type: 'range', min: 0, max: slices.length - 1, step: 1,
      value: slices.length >> 1, 'aria-label': 'Slice along ' + axis, id: 'slice-' + axis});
    figure.append(pair, label, scroll);
    view.append(figure);
    let field;
    if (stack.field) {
      const beside = make('figure');
      field = make('img', {class: 'fieldimage'});
      beside.append(field, make('figcaption', {}, 'Field, same slice'));
      view.append(beside);
    }
    const show = () => {
      const number = Number(scroll.value);
      const slice = slices[number];
      const name = axis + ' = ' + slice.index + (slice.unit ? ' (' + short(slice.place) + ' ' + slice.unit + ')' : '');
      after.src = 'data:image/png;base64,' + slice.png;
      before.src = 'data:image/png;base64,' + stack.before.slices[number].png;
      after.alt = 'After, slice ' + name;
      before.alt = 'Before, slice ' + name;
      label.textContent = name + ', slice ' + (number + 1) + ' of ' + slices.length + ' shown, channel 0, time point 0; window '
        + short(stack.after.low) + ' to ' + short(stack.after.high);
      scroll.setAttribute('aria-valuetext', name);
      if (field) {
        const at = Math.min(number, stack.field.slices.length - 1);
        field.src = 'data:image/png;base64,' + stack.field.slices[at].png;
        field.alt = 'Field, slice ' + name;
      }
    };
    scroll.addEventListener('input', show);
    view.addEventListener('wheel', event => {
      if (slices.length > 1 && event.shiftKey) { // without Shift the page scrolls
        event.preventDefault();
        const step = Math.sign(event.deltaY || event.deltaX);
        scroll.value = Number(scroll.value) + step;
        show();
      }
    }, {passive: false});
    show();
    id('views').append(view);
  }

  const first = Object.values(data.stacks)[0];
  if (first && first.field) {
    const bar = id('field-bar');
    bar.hidden = false;
    const image = make('img', {alt: 'Colours of the field from ' + short(first.field.low) + ' to ' + short(first.field.high),
      src: 'data:image/png;base64,' + data.fieldBar, width: 256, height: 14});
    bar.append(make('span', {}, 'Field ' + short(first.field.low)), image, make('span', {}, short(first.field.high)));
  }

  const rows = [];
  const columns = [['before', figures.before], ['after', figures.after]];
  if (figures.field) columns.push(['field', figures.field]);
  const row = (name, values) => rows.push([name, values]);
  for (const [key, name] of [['voxels', 'voxels'], ['finiteVoxels', 'finite voxels'], ['minimum', 'minimum'],
    ['maximum', 'maximum'], ['mean', 'mean'], ['standardDeviation', 'standard deviation']]) {
    row(name, columns.map(column => column[1][key]));
  }
  for (const percent of Object.keys(figures.before.percentiles)) {
    row('percentile ' + percent, columns.map(column => column[1].percentiles[percent]));
  }
  for (const [key, name] of [['voxels', 'voxels in the mask'], ['mean', 'mean in the mask'],
    ['coefficientOfVariation', 'coefficient of variation in the mask'], ['entropy', 'entropy in the mask (bits)']]) {
    row(name, [figures.mask.before[key], figures.mask.after[key]]);
  }
  const head = make('tr');
  head.append(make('td', {}, ''), ...columns.map(column => make('th', {scope: 'col'}, column[0])));
  id('figures').append(head);
  for (const [name, values] of rows) {
    const line = make('tr');
    line.append(make('th', {scope: 'row'}, name));
    for (let i = 0; i < columns.length; i++) {
      const value = values[i];
      line.append(make('td', value === undefined || value === null ? {} : {'data-value': value, title: value}, value === undefined ? '' : short(value)));
    }
    id('figures').append(line);
  }
  id('mask').textContent = 'Mask: ' + figures.mask.meaning + '.';

  const SVG = 'http://www.w3.org/2000/svg';
  const draw = (name, attributes, text) => {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    if (text !== undefined) node.textContent = text;
    return node;
  };
  const chart = (label, before, after, from, to, scale, least) => {
    const all = [...before, ...after].filter(value => value !== null).map(scale);
    const low = least === undefined ? Math.min(...all) : least;
    const high = Math.max(...all, low + 1e-300);
    const svg = draw('svg', {viewBox: '0 0 520 210', role: 'img', 'aria-label': label});
    svg.append(draw('line', {class: 'axis', x1: 60, y1: 180, x2: 510, y2: 180}),
      draw('line', {class: 'axis', x1: 60, y1: 10, x2: 60, y2: 180}));
    const line = (values, name) => {
      let path = '';
      let pen = 'M';
      values.forEach((value, i) => {
        if (value === null) { pen = 'M'; return; }
        const x = 60 + 450 * (values.length > 1 ? i / (values.length - 1) : 0.5);
        const y = 180 - 165 * (scale(value) - low) / (high - low || 1);
        path += pen + x.toFixed(1) + ' ' + y.toFixed(1);
        pen = 'L';
      });
      svg.append(draw('path', {class: name, d: path}));
    };
    line(before, 'before');
    line(after, 'after');
    svg.append(draw('text', {x: 60, y: 198}, short(from)), draw('text', {x: 510, y: 198, 'text-anchor': 'end'}, short(to)));
    return [svg, low, high];
  };
  const key = () => {
    const caption = make('figcaption');
    caption.append(make('span', {class: 'key-before'}, '— before  '), make('span', {class: 'key-after'}, '-- after'));
    return caption;
  };

  const histogram = () => {
    const scale = id('log').checked ? value => Math.log10(value + 1) : value => value;
    const h = figures.histogram;
    const [svg] = chart('Histogram before and after' + (id('log').checked ? ', logarithmic counts' : ''),
      h.before, h.after, h.minimum, h.maximum, scale, 0);
    const most = Math.max(...h.before, ...h.after);
    svg.append(draw('text', {x: 56, y: 20, 'text-anchor': 'end'}, short(most)), draw('text', {x: 56, y: 180, 'text-anchor': 'end'}, '0'));
    id('histogram').replaceChildren(svg, key());
  };
  id('log').addEventListener('change', histogram);
  histogram();

  for (const profile of figures.profiles) {
    const figure = make('figure');
    const [svg, low, high] = chart('Mean along ' + profile.axis + ' before and after', profile.before, profile.after,
      0, profile.length - 1, value => value);
    if (Number.isFinite(low)) {
      svg.append(draw('text', {x: 56, y: 20, 'text-anchor': 'end'}, short(high)), draw('text', {x: 56, y: 180, 'text-anchor': 'end'}, short(low)));
    }
    const caption = key();
    caption.prepend('along ' + profile.axis + '  ');
    figure.append(svg, caption);
    id('profiles').append(figure);
  }

  for (const course of data.courses) {
    id('convergence').hidden = false;
    const figure = make('figure');
    const [svg, low, high] = chart(course.name, course.values, [], 1, course.count,
      value => Math.log10(Math.max(value, 1e-12)));
    svg.append(draw('text', {x: 56, y: 20, 'text-anchor': 'end'}, (10 ** high).toExponential(1)),
      draw('text', {x: 56, y: 180, 'text-anchor': 'end'}, (10 ** low).toExponential(1)));
    figure.append(svg, make('figcaption', {}, course.name + ' Logarithmic.'));
    id('convergence').querySelector('div').append(figure);
  }

  const settings = id('settings');
  const text = (name, content) => {
    settings.append(make('p', {}, name), make('pre', {tabindex: 0, 'aria-label': name}, content));
  };
  if (data.command) text('Command line', data.command);
  if (data.recipe) text('Recipe (JSON)', data.recipe);
  settings.append(make('p', {}, data.versions + (data.seconds === undefined ? '' : ' · took ' + data.seconds.toFixed(1) + ' s')));
})();
