// Tables with filters that stand in the address.
const SHOWN = 100;
const FEW = 60;

// The fields by which a table can be narrowed: closed lists of codes, and links to few records.
function facets(table) {
  return table.fields.filter((f) => f.closed && new Set(table.columns[f.name]).size > 1)
    .concat(table.fields.filter((f) => {
      if (f.closed || !f.to) return false;
      const kinds = new Set(table.columns[f.name]).size;
      return kinds > 1 && kinds <= FEW;
    }));
}

function narrowed(table, given) {
  const folded = given.q ? pack.fold(given.q) : '', bones = given.q ? pack.skeleton(given.q) : '';
  const words = pack.names.concat('name_ar', 'description', table.id).filter((n) => table.columns[n]);
  const rows = [];
  for (let row = 0; row < table.count; row++) {
    if (facetsGiven(table, given).some(([n, v]) => cell(table, row, n) !== v)) continue;
    if (given.from && (cell(table, row, 'date_end') || cell(table, row, 'date_start') || '') < given.from) continue;
    if (given.to && (cell(table, row, 'date_start') || cell(table, row, 'date_end') || '9') > given.to) continue;
    if (folded && !words.some((n) => {
      const held = cell(table, row, n);
      return pack.fold(held).includes(folded) || (bones.length > 3 && pack.skeleton(held).includes(bones));
    })) continue;
    rows.push(row);
  }
  return rows;
}

const facetsGiven = (table, given) => Object.entries(given).filter(([n]) => table.field[n]);

function browser(table, given, change) {
  const box = el('section', { 'aria-label': table.title });
  const rows = ordered(table, narrowed(table, given), given.sort || '');
  const left = table.count < table.total;
  box.append(
    el('h2', {}, table.title), el('p', { class: 'soft' }, table.description),
    left ? el('p', { class: 'note' }, `This page carries ${many(table.count)} of ${many(table.total)} rows, the latest. All of them: hudna serve.`) : '',
    el('div', { class: 'filters', role: 'group', 'aria-label': `Filters of ${table.title}` },
      control('Words', el('input', { type: 'search', value: given.q || '', 'data-name': 'q' })),
      table.columns.date_start ? ['from', 'to'].map((n) => control(n === 'from' ? 'From' : 'To',
        el('input', { type: 'date', value: given[n] || '', 'data-name': n }))) : '',
      facets(table).map((f) => control(f.title, choices(table, f, given[f.name] || ''))),
      Object.keys(given).length ? el('button', { type: 'button', onclick: () => change({}) }, 'Clear') : ''),
    el('p', { class: 'count', 'data-count': rows.length }, `${many(rows.length)} of ${many(table.count)}`),
  );
  for (const input of box.querySelectorAll('[data-name]')) {
    input.addEventListener('change', () => change({ ...given, [input.dataset.name]: input.value }, input.dataset.name));
  }
  box.append(listed(table, rows, given, change));
  return box;
}

const control = (words, input) => el('label', {}, words, input);

function choices(table, field, chosen) {
  const counts = new Map();
  for (const v of table.columns[field.name]) counts.set(v, (counts.get(v) || 0) + 1);
  const values = [...counts.keys()].filter(Boolean).sort();
  return el('select', { 'data-name': field.name }, el('option', { value: '' }, 'any'), values.map((v) =>
    el('option', { value: v, selected: v === chosen, title: field.codes[v] || null },
      `${field.to && !field.closed ? named(field.to, v) : v} (${counts.get(v)})`)));
}

function ordered(table, rows, sort) {
  const name = sort.replace(/^-/, '');
  if (!table.columns[name]) return rows;
  const number = ['integer', 'number'].includes(table.field[name]?.type);
  const compare = (a, b) => (number ? a - b : a < b ? -1 : a > b ? 1 : 0);
  return [...rows].sort((a, b) => {
    const x = cell(table, a, name), y = cell(table, b, name);
    if (!x || !y) return x ? -1 : y ? 1 : 0;
    return sort.startsWith('-') ? compare(y, x) : compare(x, y);
  });
}

// The columns that a list shows: the name, when, what is coded and linked; the record has the rest.
function shownColumns(table) {
  const name = pack.names.find((n) => table.columns[n]) || table.id || table.fields[0].name;
  const silent = ['date_precision', 'date_basis', 'country', table.id, name, ...table.pairs.map(([held]) => held)];
  const records = table.pairs.map(([, record]) => record);
  const rest = table.fields.filter((f) => !silent.includes(f.name)
    && (f.closed || f.to || f.type === 'integer' || records.includes(f.name))
    && table.columns[f.name].some(Boolean)).map((f) => f.name);
  return [name, ...(table.columns.when ? ['when'] : []), ...rest.slice(0, 5)];
}

function listed(table, rows, given, change) {
  const columns = shownColumns(table);
  const body = el('tbody');
  const more = (from) => {
    body.append(...rows.slice(from, from + SHOWN).map((row) => el('tr', {}, columns.map((n, i) => td(table, row, n, i)))));
  };
  more(0);
  const head = el('thead', {}, el('tr', {}, columns.map((n) => {
    const by = n === 'when' ? 'date_start' : n;
    const state = given.sort === by ? 'ascending' : given.sort === `-${by}` ? 'descending' : null;
    const mark = { ascending: ' ↑', descending: ' ↓' }[state] || '';
    return el('th', { scope: 'col', 'aria-sort': state }, el('button', {
      type: 'button', onclick: () => change({ ...given, sort: state === 'ascending' ? `-${by}` : by }),
    }, (n === 'when' ? 'When' : table.field[n].title) + mark));
  })));
  const box = el('div', {}, scrolling(`Rows of ${table.title}`, el('table', {}, el('caption', { class: 'unseen' }, table.title), head, body)));
  if (rows.length > SHOWN) {
    let from = SHOWN;
    const button = el('button', { type: 'button', class: 'more', onclick: () => {
      more(from);
      from += SHOWN;
      if (from >= rows.length) button.remove();
    } }, `Show ${SHOWN} more`);
    box.append(el('p', {}, button));
  }
  return box;
}

const scrolling = (words, inside) => el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': words }, inside);

function td(table, row, name, place) {
  const value = cell(table, row, name), field = table.field[name] || { codes: {} };
  if (!place && table.id) {
    const words = (name === table.id ? '' : value) || label(table.name, row);
    return el('td', {}, linked(table.name, cell(table, row, table.id), words));
  }
  const pair = table.pairs.find(([, record]) => record === name);
  if (pair && value) return el('td', {}, linked(cell(table, row, pair[0]), value));
  if (field.to && !field.closed && value) return el('td', {}, linked(field.to, value));
  return el('td', { class: field.type === 'integer' ? 'number' : null, title: field.codes[value] || null, dir: 'auto' }, value);
}
