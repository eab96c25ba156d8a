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
  const short = value => value === null || value === undefined ? '–' : Number.isInteger(value) || typeof value === 'string' ? String(value) : String(Number(value.toPrecision(6)));

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

  // What is seen: a channel at a time point, of those that are in the page.
  const stacks = data.stacks;
  const units = {meter: 'm', centimeter: 'cm', millimeter: 'mm', micrometer: '\u00b5m', nanometer: 'nm'};
  let view = stacks.views[0];
  const shows = [];
  const seen = () => [
    view.channel === undefined ? '' : 'channel ' + view.channel + (view.name ? ' (' + view.name + ')' : ''),
    view.time === undefined ? '' : 'time point ' + view.time].filter(part => part).join(', ');
  const choose = (key, name) => {
    const values = [...new Map(stacks.views.map(one => [one[key], one])).values()];
    if (values.length < 2) return;
    const control = make('select', {id: 'choose-' + key});
    for (const one of values) {
      control.append(make('option', {value: one[key]}, one[key] + (key === 'channel' && one.name ? ': ' + one.name : '')));
    }
    control.addEventListener('change', () => {
      const wanted = Object.assign({}, view, {[key]: Number(control.value)});
      view = stacks.views.find(one => one.channel === wanted.channel && one.time === wanted.time);
      shows.forEach(show => show());
    });
    id('choice').hidden = false;
    id('choice').append(make('label', {for: 'choose-' + key}, name), control);
  };
  choose('channel', 'Channel');
  choose('time', 'Time point');

  for (const [axis, geometry] of Object.entries(stacks.axes)) {
    const group = make('div', {class: 'view', role: 'group', 'aria-label': 'Slices along ' + axis});
    const picture = name => {
      const box = make('div', {class: name});
      box.style.aspectRatio = geometry.ratio;
      box.style.maxWidth = 36 * geometry.ratio + 'rem';
      for (const [side, letter] of Object.entries(geometry.ratio > 0.2 && geometry.ratio < 5 && geometry.sides || {})) {
        box.append(make('span', {class: 'letter ' + side, 'aria-hidden': true}, letter));
      }
      if (geometry.scale && geometry.ratio > 0.2) {
        const bar = make('span', {class: 'bar'}, geometry.scale.text);
        bar.style.width = 100 * geometry.scale.part + '%';
        box.append(bar);
      }
      return box;
    };
    const figure = make('figure');
    const pair = picture('picture pair');
    const after = make('img', {class: 'back'});
    const before = make('img', {class: 'front'});
    pair.prepend(after, before);
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
    const count = view.after[axis].length;
    const scroll = make('input', {type: 'range', min: 0, max: count - 1, step: 1,
      value: count >> 1, 'aria-label': 'Slice along ' + axis, id: 'slice-' + axis});
    figure.append(pair, label, scroll);
    group.append(figure);
    let field;
    if (view.field !== undefined) {
      const beside = make('figure');
      const box = picture('picture');
      field = make('img', {class: 'fieldimage'});
      box.prepend(field);
      beside.append(box, make('figcaption', {}, 'Field, same slice'));
      group.append(beside);
    }
    const sides = geometry.sides
      ? '; left ' + geometry.sides.left + ', right ' + geometry.sides.right + ', top ' + geometry.sides.top + ', bottom ' + geometry.sides.bottom : '';
    const show = () => {
      const number = Number(scroll.value);
      const slice = view.after[axis][number];
      const name = axis + ' = ' + slice.index + (slice.unit ? ' (' + short(slice.place) + ' ' + (units[slice.unit] || slice.unit) + ')' : '');
      const told = name + (seen() ? ', ' + seen() : '') + sides;
      after.src = 'data:image/png;base64,' + slice.png;
      before.src = 'data:image/png;base64,' + view.before[axis][number].png;
      after.alt = 'After, slice ' + told;
      before.alt = 'Before, slice ' + told;
      label.textContent = name + ', slice ' + (number + 1) + ' of ' + count + ' shown' + (seen() ? ', ' + seen() : '')
        + '; window ' + short(view.after.low) + ' to ' + short(view.after.high);
      scroll.setAttribute('aria-valuetext', name);
      if (field) {
        const planes = stacks.fields[view.field][axis];
        field.src = 'data:image/png;base64,' + planes[Math.min(number, planes.length - 1)].png;
        field.alt = 'Field, slice ' + told;
      }
    };
    scroll.addEventListener('input', show);
    group.addEventListener('wheel', event => {
      if (count > 1 && event.shiftKey) { // without Shift the page scrolls
        event.preventDefault();
        const step = Math.sign(event.deltaY || event.deltaX);
        scroll.value = Number(scroll.value) + step;
        show();
      }
    }, {passive: false});
    shows.push(show);
    show();
    id('views').append(group);
  }

  const first = stacks.fields[0];
  if (first) {
    const bar = id('field-bar');
    bar.hidden = false;
    const image = make('img', {alt: 'Colours of the field from ' + short(first.low) + ' to ' + short(first.high),
      src: 'data:image/png;base64,' + data.fieldBar, width: 256, height: 14});
    bar.append(make('span', {}, 'Field ' + short(first.low)), image, make('span', {}, short(first.high)));
  }

  const rows = [];
  const columns = [['before', figures.before], ['after', figures.after]];
  if (figures.field) columns.push(['field', figures.field]);
  const row = (name, values) => rows.push([name, values]);
  for (const [key, name] of [['voxels', 'voxels'], ['finiteVoxels', 'finite voxels'], ['minimum', 'minimum'],
    ['maximum', 'maximum'], ['mean', 'mean'], ['standardDeviation', 'standard deviation']]) {
    row(name, columns.map(column => (column[1].exact || {})[key] || column[1][key]));
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
  id('mask').textContent = 'Mask: ' + figures.mask.meaning + '.' + (figures.mask.note ? ' ' + figures.mask.note + '.' : '');

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
    const most = Math.max(0, ...h.before, ...h.after);
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
