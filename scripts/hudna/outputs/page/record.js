// One record: its fields, what is nested in it, who points at it, and its citations.
function showRecord(main, name, id) {
  const table = pack.tables[name];
  if (!held(name, id)) {
    const cut = table && table.count < table.total;
    main.append(el('h1', {}, 'No such record here'), el('p', {}, text(`${name}/${id}`),
      cut ? ` may be among the ${many(table.total - table.count)} rows that this page leaves out; hudna serve shows all.` : ' is not in this package.'));
    return;
  }
  const row = table.at.get(id);
  main.append(
    el('p', { class: 'soft' }, table.title),
    el('h1', { dir: 'auto' }, label(name, row)),
    el('p', { class: 'code' }, `${name}/${id}`),
    fields(table, row), ...nested(table, id), elsewhere(name, id), ...citations(name, id),
  );
}

function fields(table, row) {
  const title = pack.names.find((n) => cell(table, row, n));
  const silent = [table.id, title, ...(cell(table, row, 'when') ? ['date_start', 'date_end', 'date_precision', 'date_basis'] : [])];
  const out = el('dl');
  const add = (name, words, value) => out.append(el('dt', { title: words }, name), el('dd', {}, value));
  if (cell(table, row, 'when')) add('When', 'The dates, as far as they are known', cell(table, row, 'when'));
  for (const f of table.fields) {
    if (!silent.includes(f.name) && cell(table, row, f.name)) add(f.title, f.description, spoken(table, row, f));
  }
  return out;
}

// A value with what it stands for: the record that it names, the address, the meaning of its code.
function spoken(table, row, field) {
  const value = cell(table, row, field.name);
  const pair = table.pairs.find(([, record]) => record === field.name);
  if (pair) return linked(cell(table, row, pair[0]), value);
  if (field.closed) return [text(value), field.codes[value] ? el('span', { class: 'soft' }, ` · ${field.codes[value]}`) : ''];
  if (field.to) return linked(field.to, value);
  return /^https:/.test(value) ? outside(value) : text(value);
}

function nested(table, id) {
  return Object.values(pack.tables).filter((t) => t.nests.in === table.name).map((t) => {
    const rows = pointing(table.name, id).filter(([other, , column]) => other === t && column === t.nests.by);
    if (!rows.length) return '';
    return el('section', {}, el('h2', {}, t.title), el('ul', {}, rows.map(([, row]) => el('li', {}, told(t, row, [t.nests.by])))));
  });
}

// A row in one line: the names of what it points at, its codes, its numbers with their titles.
function told(table, row, silent) {
  const skip = new Set([table.id, ...silent, ...table.pairs.map((p) => p[0]), 'date_start', 'date_end', 'date_precision', 'date_basis']);
  const parts = table.fields.filter((f) => !skip.has(f.name)).map((f) => {
    const value = cell(table, row, f.name);
    if (!value || value === 'unmarked') return null;
    if (f.type === 'boolean') return value === 'true' ? f.title.toLowerCase() : null;
    if (f.type === 'string') return f.closed ? el('span', { title: f.codes[value] || null }, value) : spoken(table, row, f);
    return `${f.title.toLowerCase()} ${value}`;
  }).concat(cell(table, row, 'when')).filter(Boolean);
  const own = held(table.name, cell(table, row, table.id)) ? el('a', { href: address(table.name, cell(table, row, table.id)), 'aria-label': `The record ${cell(table, row, table.id)}` }, '¶') : '';
  return [parts.map((p, i) => [i ? ' · ' : '', p]), ' ', own];
}

function elsewhere(name, id) {
  const rows = pointing(name, id).filter(([t, , column]) => t.nests.in !== '*' && t.nests.by !== column);
  if (!rows.length) return '';
  const lines = rows.map(([t, row, column]) => {
    const what = cell(t, row, 'role') || cell(t, row, 'relation_type') || t.field[column].title.toLowerCase();
    const to = t.nests.by ? [t.host ? cell(t, row, t.host) : t.nests.in, cell(t, row, t.nests.by)] : [t.name, cell(t, row, t.id)];
    return el('li', {}, el('span', { class: 'soft' }, `${what} · `), linked(...to), el('span', { class: 'soft' }, ` ${pack.tables[to[0]].title}`));
  });
  return unfolding(`Elsewhere (${many(rows.length)})`, lines);
}

function unfolding(title, lines) {
  const list = el('ul', {}, lines.slice(0, 50));
  const button = el('button', { type: 'button', class: 'more', onclick: () => {
    list.append(...lines.slice(50));
    button.remove();
  } }, `Show all ${many(lines.length)}`);
  return el('section', {}, el('h2', {}, title), list, lines.length > 50 ? button : '');
}

function citations(name, id) {
  return Object.values(pack.tables).filter((t) => t.nests.in === '*').map((t) => {
    const rows = pointing(name, id).filter(([other, , column]) => other === t && column === t.nests.by);
    if (!rows.length) return el('p', { class: 'soft' }, name === 'sources' ? '' : `${t.title}: none of its own; see the record that it belongs to.`);
    return unfolding(`${t.title} (${many(rows.length)})`, rows.map(([, row]) => el('li', {}, cited(t, row))));
  });
}

// A citation: which field, which source with its address, read through what, where, how.
function cited(t, row) {
  const get = (n) => cell(t, row, n);
  const source = get('source_id'), sources = pack.tables.sources;
  const url = sources && held('sources', source) ? cell(sources, sources.at.get(source), 'url') : '';
  const through = get('via') ? [' via ', linked('sources', get('via'))] : '';
  const says = [get('support') === 'states' ? '' : get('support'), get('value')].filter(Boolean).join(': ');
  return [
    get('field') === '*' ? '' : el('span', { class: 'soft' }, `${get('field')}: `),
    linked('sources', source), through, get('locator') ? el('span', { class: 'code' }, ` ${get('locator')}`) : '',
    says ? text(` (${says})`) : '', url ? [' ', el('a', { href: /^https:/.test(url) ? url : null, rel: 'noopener noreferrer', 'aria-label': `The source itself: ${named('sources', source)}` }, '↗')] : '',
  ];
}
