// The package unpacked: tables by column, records by address, and who points at whom.
const pack = { tables: {}, views: {}, sections: [], names: [] };

async function unpacked(id) {
  const text = atob(document.getElementById(id).textContent);
  if (!text) return '';
  const bytes = Uint8Array.from(text, (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).text();
}

async function open() {
  Object.assign(pack, JSON.parse(await unpacked('data')));
  Object.assign(pack, folder(pack.folding));
  for (const [name, table] of Object.entries(pack.tables)) {
    table.name = name;
    table.field = Object.fromEntries(table.fields.map((f) => [f.name, f]));
    table.at = new Map(table.id ? table.columns[table.id].map((id, i) => [id, i]) : []);
  }
}

const cell = (table, row, name) => (table.columns[name] ? table.columns[name][row] : '') || '';
const address = (table, id) => `#${table}/${encodeURIComponent(id)}`;
const held = (table, id) => Boolean(pack.tables[table] && pack.tables[table].at.has(id));

const named_by = (t, row) => pack.names.map((n) => cell(t, row, n)).find(Boolean);

// A record's name; of a link, what it joins and how, since its id alone says little.
function label(table, row) {
  const t = pack.tables[table];
  return named_by(t, row) || joined(t, row) || cell(t, row, t.id);
}

function joined(t, row) {
  const near = (table, id) => (held(table, id) && named_by(pack.tables[table], pack.tables[table].at.get(id))) || id;
  const parts = [];
  for (const f of t.nests.by ? t.fields : []) {
    const value = cell(t, row, f.name), pair = t.pairs.find(([, record]) => record === f.name);
    if (!value || f.name === t.id || t.pairs.some(([table]) => table === f.name)) continue;
    if (pair) parts.push(near(cell(t, row, pair[0]), value));
    else if (f.to && !f.closed) parts.push(near(f.to, value));
    else if (f.closed && f.type !== 'boolean') parts.push(value);
  }
  return parts.length > 1 ? parts.slice(0, 3).join(' · ') : '';
}

function named(table, id) {
  return held(table, id) ? label(table, pack.tables[table].at.get(id)) : id;
}

// What a row points at: column, table, id.
function* pointers(table, row) {
  for (const f of table.fields) {
    const value = f.to && cell(table, row, f.name);
    if (value) yield [f.name, f.to, value];
  }
  for (const [to, record] of table.pairs) {
    if (cell(table, row, record)) yield [record, cell(table, row, to), cell(table, row, record)];
  }
}

let index = null;
function pointing(table, id) {
  if (!index) {
    index = new Map();
    for (const t of Object.values(pack.tables)) {
      for (let row = 0; row < t.count; row++) {
        for (const [column, to, key] of pointers(t, row)) {
          const at = `${to}/${key}`;
          if (!index.has(at)) index.set(at, []);
          index.get(at).push([t, row, column]);
        }
      }
    }
  }
  return index.get(`${table}/${id}`) || [];
}
