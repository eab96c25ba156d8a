// The search and the menu of the site. What is searched is in search.js, which is loaded when the search is first used.
'use strict';
(() => {
  const up = document.body.dataset.up;
  const input = document.getElementById('frame-search');
  const found = document.getElementById('frame-found');
  const open = document.getElementById('frame-open');
  const menu = document.getElementById('frame-menu');
  const most = 20;
  let loading = null;
  let chosen = -1;

  open.addEventListener('click', () => {
    const opened = menu.classList.toggle('open');
    open.setAttribute('aria-expanded', String(opened));
  });

  const load = () => {
    loading ??= new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = up + 'search.js';
      script.onload = () => resolve(window.sections);
      script.onerror = () => reject(new Error('search.js is missing'));
      document.head.append(script);
    });
    return loading;
  };

  // How well a section fits: every word has to be in it; what is in headings counts more, whole words count more.
  const score = ([title, heading, , text], words) => {
    let sum = 0;
    for (const word of words) {
      let best = 0;
      for (const [place, weight] of [[heading, 20], [title, 8], [text, 2]]) {
        const at = place.toLowerCase().indexOf(word);
        if (at >= 0) {
          const whole = new RegExp('(^|[^\\p{L}\\p{N}])' + word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&') + '($|[^\\p{L}\\p{N}])', 'iu');
          best = Math.max(best, weight * (whole.test(place) ? 2 : 1));
        }
      }
      if (best === 0) return 0;
      sum += best;
    }
    return sum;
  };

  const excerpt = (text, words) => {
    const places = words.map((word) => text.toLowerCase().indexOf(word)).filter((at) => at >= 0);
    const from = Math.max(0, (places.length ? Math.min(...places) : 0) - 50);
    const start = from === 0 ? 0 : text.indexOf(' ', from) + 1;
    return (start > 0 ? '… ' : '') + text.slice(start, start + 160) + (text.length > start + 160 ? ' …' : '');
  };

  const marked = (element, text, words) => {
    let rest = text;
    while (rest) {
      const lower = rest.toLowerCase();
      let at = -1;
      let length = 0;
      for (const word of words) {
        const place = lower.indexOf(word);
        if (place >= 0 && (at < 0 || place < at || (place === at && word.length > length))) {
          at = place;
          length = word.length;
        }
      }
      if (at < 0) break;
      element.append(rest.slice(0, at));
      const mark = document.createElement('mark');
      mark.textContent = rest.slice(at, at + length);
      element.append(mark);
      rest = rest.slice(at + length);
    }
    element.append(rest);
  };

  const show = (sections, words) => {
    const results = sections
      .map((section) => [score(section, words), section])
      .filter(([points]) => points > 0)
      .sort(([a], [b]) => b - a)
      .slice(0, most);
    found.replaceChildren();
    chosen = -1;
    for (const [, [title, heading, address, text]] of results) {
      const link = document.createElement('a');
      link.href = up + address;
      const head = document.createElement('b');
      marked(head, heading, words);
      link.append(head);
      if (heading !== title) link.append(' · ' + title);
      const small = document.createElement('small');
      marked(small, excerpt(text, words), words);
      link.append(small);
      found.append(link);
    }
    if (results.length === 0) {
      const none = document.createElement('p');
      none.textContent = 'Nothing has all of these words.';
      found.append(none);
    }
    found.hidden = false;
  };

  const search = async () => {
    const words = input.value.toLowerCase().split(/\s+/).filter((word) => word);
    if (words.length === 0) {
      found.hidden = true;
      return;
    }
    const sections = await load();
    show(sections, words);
  };

  const choose = (step) => {
    const links = found.querySelectorAll('a');
    if (links.length === 0) return;
    if (chosen >= 0) links[chosen].classList.remove('chosen');
    chosen = (chosen + step + links.length) % links.length;
    links[chosen].classList.add('chosen');
    links[chosen].scrollIntoView({ block: 'nearest' });
  };

  input.addEventListener('focus', () => load().catch(() => {}));
  input.addEventListener('input', search);
  input.form.addEventListener('submit', (event) => {
    event.preventDefault();
    const link = found.querySelectorAll('a')[Math.max(chosen, 0)];
    if (!found.hidden && link) window.location.href = link.href;
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') choose(1);
    else if (event.key === 'ArrowUp') choose(chosen < 0 ? 0 : -1);
    else return;
    event.preventDefault();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      found.hidden = true;
      input.blur();
    } else if (event.key === '/' && document.activeElement !== input) {
      event.preventDefault();
      input.focus();
    }
  });
  document.addEventListener('click', (event) => {
    if (!found.contains(event.target) && event.target !== input) found.hidden = true;
    else if (found.contains(event.target) && event.target.closest('a')) found.hidden = true;
  });
})();
