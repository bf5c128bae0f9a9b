// The answers of views: columns under their titles, ids as links with names, what each row rests on.
const TOKEN = / (?=\S)/;
const WORDS = { '*': 'any', '?': 'not said' };

// The table whose ids a column of this name holds, by the schemas: `actor_id`, `asserted_by`.
function tableOf(name) {
  const found = new Set();
  for (const t of Object.values(pack.tables)) {
    if (t.id === name) found.add(t.name);
    for (const f of t.fields) if (f.name === name && f.to) found.add(f.to);
  }
  const [only] = found;
  return found.size === 1 && !only.endsWith('_types') ? only : null;
}

// The tables in which records that nest nowhere are looked for, when no schema knows the column.
const roots = () => Object.values(pack.tables).filter((t) => t.id && !t.nests.by && !t.name.endsWith('_types'));

// How a column's value becomes a record: [table, id] of each id in it, null where it is no id.
function refersTo(view, at) {
  const name = view.columns[at];
  const pair = Object.values(pack.tables).flatMap((t) => t.pairs)
    .find(([table, record]) => record === name && view.columns.includes(table));
  if (pair) return (id, row) => [row[view.columns.indexOf(pair[0])], id];
  const told = tableOf(name);
  if (told) return (id) => [told, id];
  const ids = new Set(view.rows.flatMap((r) => (r[at] || '').split(TOKEN)).filter((id) => id && !WORDS[id]));
  if (!ids.size) return null;
  if ([...ids].every((id) => held(...parted(id)))) return (id) => parted(id);
  const one = roots().find((t) => [...ids].every((id) => t.at.has(id)));
  if (one) return (id) => [one.name, id];
  const several = ['incidents', 'statements'].filter((t) => pack.tables[t]);
  return [...ids].every((id) => several.some((t) => held(t, id))) ? (id) => [several.find((t) => held(t, id)), id] : null;
}

function titleOf(name, refers) {
  const titles = new Set(Object.values(pack.tables).flatMap((t) => t.fields).filter((f) => f.name === name).map((f) => f.title));
  if (titles.size === 1 && !(refers && name.endsWith('_id'))) return [...titles][0];
  const words = name === 'id' ? 'record' : name.replace(/_id$/, '').replace(/_/g, ' ');
  return words[0].toUpperCase() + words.slice(1);
}

// The columns that are shown: not those without a value, nor those that only repeat a link's name.
function shownOf(view) {
  const why = view.columns.indexOf('why');
  const all = view.columns.map((name, at) => ({ name, at, place: at })).filter(({ at }) => at !== why && view.rows.some((r) => r[at]));
  for (const c of all) {
    c.refers = refersTo(view, c.at);
    c.title = titleOf(c.name, c.refers);
    c.kind = kindOf(c, view.rows);
  }
  const links = all.filter((c) => c.refers);
  for (const c of all.filter((n) => !n.refers)) {
    const said = links.find((l) => view.rows.every((r) => r[c.at] === spokenOf(l, r)));
    if (said) {
      c.told = true;
      said.place = Math.min(said.place, c.place);
    }
  }
  return all.filter((c) => !c.told).sort((a, b) => a.place - b.place);
}

// What a cell says: the record's name, where it is one id.
const spokenOf = (c, r) => (c.refers && r[c.at] && !WORDS[r[c.at]] && !TOKEN.test(r[c.at]) ? named(...c.refers(r[c.at], r)) : r[c.at]);

// How a column is set: numbers to the right, dates in one line, much text with room.
function kindOf(column, rows) {
  const fits = (shape) => !column.refers && rows.every((r) => shape.test(r[column.at]));
  if (fits(/^(-?[\d.]+)?$/)) return 'number';
  if (fits(/^(\d{4}-\d\d-\d\d)?$/)) return 'date';
  const said = rows.map((r) => spokenOf(column, r).length);
  const long = said.sort((a, b) => a - b)[Math.floor(said.length * 0.9)];
  return long > 60 ? 'long' : long > 20 ? 'wide' : null;
}

function answerCell(column, row) {
  const value = row[column.at];
  if (!column.refers || !value || WORDS[value]) {
    return el('td', { dir: 'auto', class: column.kind }, WORDS[value] || value);
  }
  return el('td', { class: column.kind }, records(value.split(TOKEN).map((id) => column.refers(id, row))));
}

// Links to records; more than so many unfold.
function records(refs, most = 3) {
  const links = refs.map((r, i) => [i ? ', ' : '', linked(...r)]);
  return refs.length <= most ? links : el('details', {}, el('summary', {}, `${refs.length} records`), links);
}

function rests(why) {
  return records((why || '').split(' ').filter((r) => r && !r.startsWith('citations/')).map(parted), 1);
}

function parted(ref) {
  const at = ref.indexOf('/');
  return [ref.slice(0, at), ref.slice(at + 1)];
}

// The answer of a view; each row leads to the records that it rests on.
function answered(key) {
  const view = pack.views[key];
  if (!view) return '';
  const why = view.columns.indexOf('why');
  const shown = shownOf(view);
  const body = el('tbody');
  let from = 0;
  const more = () => {
    body.append(...view.rows.slice(from, from + SHOWN).map((r) => el('tr', {},
      shown.map((c) => answerCell(c, r)), el('td', { class: 'wide' }, rests(r[why])))));
    from += SHOWN;
  };
  more();
  const table = el('table', {}, el('caption', { class: 'unseen' }, view.sentence),
    el('thead', {}, el('tr', {}, shown.map((c) => el('th', { scope: 'col', class: c.kind === 'number' ? 'number' : null, title: `${c.name} in hudna view` }, c.title)), el('th', { scope: 'col' }, 'Rests on'))), body);
  const button = el('button', { type: 'button', class: 'more', onclick: () => {
    more();
    if (from >= view.rows.length) button.remove();
  } }, `Show ${SHOWN} more`);
  return el('details', { 'data-view': key },
    el('summary', {}, view.asks || view.sentence, el('span', { class: 'soft' }, ` ${many(view.rows.length)} rows · hudna view ${key.replace(/ (\w)/g, ' --set $1')}`)),
    view.asks ? el('p', { class: 'soft' }, view.sentence) : '',
    view.rows.length ? scrolling(view.sentence, table) : el('p', {}, 'Nothing in this package answers this.'),
    view.rows.length > from ? el('p', {}, button) : '');
}
