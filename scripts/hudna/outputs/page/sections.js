// The parts of the page: a question, its pictures, the answers of views, the tables behind them.
function showSection(main, section, given) {
  const pictures = section.pictures.map((p) => pictured(p));
  main.append(el('h1', {}, section.title), el('p', { class: 'asks' }, section.asks), partial());
  if (section.name === 'overview') main.append(...counts(), ...pictures, ...reading());
  else main.append(...pictures);
  const answers = section.views.map((v) => answered(v)).filter(Boolean);
  if (answers.length && !section.pictures.length) answers[0].open = true;
  main.append(...answers);
  const tables = section.tables.filter((t) => pack.tables[t]?.total);
  const chosen = tables.includes(given.table) ? given.table : tables[0];
  if (tables.length > 1) {
    main.append(el('p', {}, 'Tables: ', tables.map((t, i) => [i ? ' · ' : '', el('a', {
      href: `#${section.name}?table=${t}`, 'aria-current': t === chosen ? 'true' : null }, pack.tables[t].title)])));
  }
  if (chosen) browseAt(main, section.name, chosen, given);
}

function browseAt(main, place, name, given) {
  const rest = { ...given };
  delete rest.table;
  const change = (to, name) => go(place, place === 'tables' || given.table ? { table: given.table || '', ...to } : to, name);
  main.append(browser(pack.tables[name], rest, change));
}

// What a reader of a cut page must know before any picture or count.
function partial() {
  const cut = Object.values(pack.tables).filter((t) => t.count < t.total && !t.nests.by);
  if (!cut.length) return '';
  return el('p', { class: 'note', id: 'partial' }, 'This package is too large for one page. Pictures, answers and tables here are of its latest rows alone: ',
    cut.map((t) => `${many(t.count)} of ${many(t.total)} ${t.title.toLowerCase()}`).join(', '),
    '. All of it: hudna serve and hudna view.');
}

function counts() {
  const told = pack.package;
  return [
    told.description ? el('p', { dir: 'auto' }, told.description) : '',
    el('ul', { class: 'numbers' }, Object.values(pack.tables).filter((t) => !t.nests.by && t.total && !t.name.endsWith('_types'))
      .map((t) => el('li', {}, el('a', { href: `#tables?table=${t.name}`, title: t.description }, el('b', {}, many(t.total)), t.title)))),
  ];
}

function reading() {
  return [
    el('h2', {}, 'What can be asked'),
    el('ul', {}, pack.sections.slice(1).map((s) => el('li', {}, el('a', { href: `#${s.name}` }, s.title), ` · ${s.asks}`))),
    el('h2', {}, 'How to read it'),
    el('ul', {}, [
      'An empty cell means that the sources do not say; never zero, never a guess.',
      'One row is not one event: a report of eight attacks is one row that stands for eight.',
      'What was threatened, demanded or forecast is an issue, never an incident.',
      'The date of a publication is not the date of the act.',
    ].map((words) => el('li', {}, words))),
    el('h2', {}, 'How to use it'),
    el('ul', { id: 'help' }, [
      'A mark in a picture opens its record. By keyboard: Tab to the picture, the arrow keys from mark to mark, Enter to open.',
      'The key / goes to the search, which takes names in any script and spelling.',
      'A question unfolds its answer: the rows, and the records that each rests on.',
      'What is chosen stands in the address, so that it can be kept and sent; the browser goes back and forward.',
      'A part or a record can be printed, with the addresses of its sources.',
    ].map((words) => el('li', {}, words))),
  ];
}

function showTables(main, given) {
  const name = pack.tables[given.table] ? given.table : 'incidents';
  main.append(el('h1', {}, 'Tables'), el('p', {}, Object.values(pack.tables).map((t, i) => [i ? ' · ' : '',
    el('a', { href: `#tables?table=${t.name}`, 'aria-current': t.name === name ? 'true' : null }, t.title)])));
  if (pack.tables[name]) browseAt(main, 'tables', name, { ...given, table: name });
}
