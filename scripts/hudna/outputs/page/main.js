// The address decides what is shown: #section?filter=…, #table/id, #search?q=…
function go(place, given, focus) {
  const words = new URLSearchParams(Object.entries(given).filter(([, v]) => v)).toString();
  const hash = `#${place}${words ? `?${words}` : ''}`;
  history.pushState(null, '', hash);
  show(focus);
}

function show(focus) {
  const main = document.getElementById('main');
  const [place, words = ''] = location.hash.slice(1).split('?');
  if (place === 'main') return main.focus();
  const given = Object.fromEntries(new URLSearchParams(words));
  closePictures();
  main.replaceChildren();
  const section = pack.sections.find((s) => s.name === place);
  if (place.includes('/')) {
    const [table, id] = parted(place);
    showRecord(main, table, safely(id));
  } else if (place === 'search') showFound(main, given.q || '');
  else if (place === 'tables') showTables(main, given);
  else showSection(main, section || pack.sections[0], given);
  const heading = main.querySelector('h1').textContent;
  document.title = `${heading} · ${pack.package.title || pack.package.name}`;
  for (const a of document.querySelectorAll('nav a')) {
    if (a.hash === `#${place || 'overview'}`) a.setAttribute('aria-current', 'page');
    else a.removeAttribute('aria-current');
  }
  if (focus) {
    main.querySelector(`[data-name="${CSS.escape(focus)}"]`)?.focus();
    say(main.querySelector('.count')?.textContent || '');
  } else {
    say(heading);
  }
}

function safely(id) {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

function theme(chosen) {
  document.documentElement.dataset.theme = chosen;
}

function frame() {
  document.getElementById('nav').append(...pack.sections.map((s) => el('a', { href: `#${s.name}` }, s.title)),
    el('a', { href: '#tables' }, 'Tables'));
  const told = pack.package, licences = (told.licenses || []).map((l) => l.title || l.name).join(', ');
  document.getElementById('foot').append(text(`${told.title || told.name} ${told.version || ''} · ${licences} · Every record leads to the sources that support it.`));
  const query = document.getElementById('query');
  document.getElementById('search').addEventListener('submit', (event) => {
    event.preventDefault();
    if (query.value.trim()) {
      go('search', { q: query.value.trim() });
      document.getElementById('main').focus();
    }
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === '/' && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      query.focus();
    }
  });
  document.getElementById('theme').addEventListener('click', () => {
    theme(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark');
    show();
  });
  window.addEventListener('popstate', () => {
    show();
    if (location.hash !== '#main') window.scrollTo(0, 0);
  });
}

theme(matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
open().then(() => {
  frame();
  show();
  document.documentElement.dataset.ready = 'true';
});
window.hudna = { pack, find, fold: folder };
