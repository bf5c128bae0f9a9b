// Elements made of text alone: what stands in a cell is never read as HTML.
function el(tag, given = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...inside.flat(Infinity).filter((n) => n !== null && n !== undefined && n !== ''));
  return made;
}

const text = (value) => el('span', { dir: 'auto' }, value);

function outside(url) {
  return /^https:\/\//.test(url) ? el('a', { href: url, rel: 'noopener noreferrer' }, url) : text(url);
}

function linked(table, id, words = named(table, id)) {
  if (held(table, id)) return el('a', { href: address(table, id), dir: 'auto' }, words);
  const cut = pack.tables[table] && pack.tables[table].count < pack.tables[table].total;
  return el('span', { dir: 'auto' }, words, cut ? el('span', { class: 'soft' }, ' (not in this page)') : '');
}

function say(words) {
  document.getElementById('said').textContent = words;
}

const many = (n) => n.toLocaleString('en');
