// Search over everything that has a name, by folded words first, by consonants after.
let entries = null;

function indexed() {
  if (entries) return entries;
  entries = [];
  const add = (table, id, words, means) => {
    const folded = pack.fold(words);
    if (folded) entries.push({ table, id, words, means, folded, bones: pack.skeleton(words) });
  };
  for (const t of Object.values(pack.tables)) {
    const text = pack.names.concat('name_ar', 'description').filter((n) => t.columns[n]);
    const parent = t.nests.by && t.columns.name && !t.host;
    if (!t.id || t.host || (t.nests.by && !parent)) continue;
    for (let row = 0; row < t.count; row++) {
      for (const name of text) {
        if (name === 'description' && parent) continue;
        const words = cell(t, row, name);
        if (!words) continue;
        if (parent) add(t.nests.in, cell(t, row, t.nests.by), words, 4);
        else add(t.name, cell(t, row, t.id), words, name === 'description' ? 0 : t.name === 'actors' ? 4 : 2);
      }
    }
  }
  return entries;
}

// The records found, best first: [{table, id, words}].
function find(query) {
  const folded = pack.fold(query), bones = pack.skeleton(query);
  if (!folded) return [];
  const best = new Map();
  for (const e of indexed()) {
    const points = rank(e, folded, bones);
    const at = `${e.table}/${e.id}`;
    if (points && points + e.means > (best.get(at)?.points || 0)) best.set(at, { ...e, points: points + e.means });
  }
  return [...best.values()].sort((a, b) => b.points - a.points || a.words.length - b.words.length);
}

function rank(e, folded, bones) {
  if (e.folded === folded) return 100;
  if (bones.length > 2 && e.bones === bones) return 90;
  if (` ${e.folded} `.includes(` ${folded} `)) return 70;
  if (folded.length > 2 && ` ${e.folded}`.includes(` ${folded}`)) return 60;
  if (bones.length > 3 && e.bones.includes(bones)) return 40;
  return 0;
}

function showFound(main, query) {
  const found = find(query);
  main.append(
    el('h1', {}, 'Found for “', text(query), '”'),
    el('p', { class: 'asks', id: 'found' }, `${many(found.length)} record${found.length === 1 ? '' : 's'}; names in other scripts and spellings count.`),
    el('ol', { class: 'results' }, found.slice(0, 100).map((e) => el('li', {},
      linked(e.table, e.id), el('span', { class: 'soft' }, ` ${pack.tables[e.table].title}`),
      e.words === named(e.table, e.id) ? '' : el('span', { class: 'soft' }, ' · ', text(e.words))))),
  );
  if (found.length > 100) main.append(el('p', { class: 'soft' }, 'The first 100 are shown; more letters narrow it.'));
  say(`${found.length} found`);
}
