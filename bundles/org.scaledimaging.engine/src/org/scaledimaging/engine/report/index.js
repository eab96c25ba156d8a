'use strict';
(() => {
  const rows = JSON.parse(document.getElementById('data').textContent).rows;
  const columns = [['title', 'image'], [null, 'before | after'], ['cvBefore', 'CV before'], ['cvAfter', 'CV after'],
    ['variationRatio', 'CV ratio'], ['entropyBefore', 'entropy before'], ['entropyAfter', 'entropy after'],
    ['fieldRatio', 'field range'], ['warnings', 'warnings']];
  const make = (name, attributes = {}, text) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    if (text !== undefined) node.textContent = text;
    return node;
  };
  const head = document.getElementById('head');
  const body = document.getElementById('rows');
  const fill = () => body.replaceChildren(...rows.map(row => {
    const line = make('tr');
    for (const [key] of columns) {
      const cell = make('td');
      if (key === 'title') {
        cell.append(make('a', {href: row.link}, row.title));
      } else if (key === null) {
        for (const which of ['before', 'after']) {
          if (row.thumbnails[which]) {
            cell.append(make('img', {alt: row.title + ', ' + which, src: 'data:image/png;base64,' + row.thumbnails[which]}));
          }
        }
      } else if (typeof row[key] === 'number') {
        cell.textContent = String(Number(row[key].toPrecision(4)));
        if (row[key + 'Outlier']) {
          cell.className = 'outlier';
          cell.textContent += ' (outlier, z = ' + row[key + 'Z'].toFixed(1) + ')';
        }
      } else {
        cell.textContent = '–';
      }
      line.append(cell);
    }
    return line;
  }));
  let sorted = null;
  let sign = 1;
  for (const [key, name] of columns) {
    const cell = make('th', {scope: 'col'});
    if (key === null) {
      cell.textContent = name;
    } else {
      const button = make('button', {type: 'button', 'data-key': key}, name);
      button.addEventListener('click', () => {
        sign = sorted === key ? -sign : 1;
        sorted = key;
        const missing = row => row[key] === null || row[key] === undefined || row[key] === '';
        rows.sort((a, b) => missing(a) || missing(b) ? missing(a) - missing(b)
          : sign * (typeof a[key] === 'string' ? a[key].localeCompare(b[key]) : a[key] - b[key]));
        for (const other of head.children) other.removeAttribute('aria-sort');
        cell.setAttribute('aria-sort', sign > 0 ? 'ascending' : 'descending');
        fill();
      });
      cell.append(button);
    }
    head.append(cell);
  }
  const marked = rows.filter(row => row.variationRatioOutlier || row.fieldRatioOutlier).length;
  document.getElementById('summary').textContent = rows.length + ' images, ' + marked
    + ' marked: CV ratio or field range is more than 3 standard deviations from the mean.';
  fill();
})();
