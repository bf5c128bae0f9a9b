// Pictures: Vega is unpacked when the first is drawn; a mark opens the record that it stands for.
let drawing = null;
let drawings = null;
const open_views = new Set();

async function vega() {
  if (!drawing) {
    drawing = (async () => {
      const [code, told] = await Promise.all([unpacked('drawing'), unpacked('pictures')]);
      drawings = JSON.parse(told);
      if (code) {
        const script = el('script');
        script.textContent = `(() => {${code}\n})();`;
        document.head.append(script);
      }
    })();
  }
  await drawing;
}

function whole(spec) {
  if (Array.isArray(spec)) return spec.map(whole);
  if (!spec || typeof spec !== 'object') return spec;
  if (spec.values && spec.values.shared) return { ...spec, values: structuredClone(drawings.data[spec.values.shared]) };
  return Object.fromEntries(Object.entries(spec).map(([k, v]) => [k, whole(v)]));
}

async function draw(figure, name) {
  await vega();
  const spec = drawings.specs[name]?.[document.documentElement.dataset.theme];
  if (!spec || !window.vegaEmbed) return figure.remove();
  const full = whole(spec);
  const box = el('div');
  figure.prepend(box);
  const { view } = await window.vegaEmbed(box, full, { renderer: 'svg', actions: false, logLevel: 1 });
  open_views.add(view);
  view.addEventListener('click', (event, item) => {
    const ref = item?.datum?.ref;
    if (ref) location.hash = address(...parted(String(ref).split(' ')[0]));
  });
  const svg = box.querySelector('svg');
  if (svg) {
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', full.description || name);
    svg.querySelectorAll('[role], [aria-roledescription]').forEach((n) => {
      for (const a of ['role', 'aria-roledescription', 'aria-label']) n.removeAttribute(a);
    });
  }
  if (svg) walkable(box, svg, full.description || name);
  figure.append(el('figcaption', {}, full.description || ''));
  figure.dataset.drawn = 'true';
  if (!window.firstPicture) window.firstPicture = performance.now();
}

// By keyboard: the arrow keys go from mark to mark, each said by name; Enter opens its record.
function walkable(box, svg, words) {
  const marks = new Map();
  for (const node of svg.querySelectorAll('path, text, line')) {
    const ref = String(node.__data__?.datum?.ref || '').split(' ')[0];
    if (ref && !marks.has(ref) && held(...parted(ref))) marks.set(ref, node);
  }
  const refs = [...marks.keys()];
  for (const [name, value] of Object.entries({ tabindex: '0', role: 'application', 'data-marks': refs.length,
    'aria-label': `${words}${refs.length ? ` ${refs.length} marks: the arrow keys go from one to the next, Enter opens its record.` : ''}` })) box.setAttribute(name, value);
  let at = -1;
  const steps = { ArrowRight: () => at + 1, ArrowDown: () => at + 1, ArrowLeft: () => Math.max(at, 0) - 1, ArrowUp: () => Math.max(at, 0) - 1, Home: () => 0, End: () => -1 };
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && at >= 0) location.hash = address(...parted(refs[at]));
    if (!refs.length || !steps[event.key]) return;
    event.preventDefault();
    if (at >= 0) marks.get(refs[at]).classList.remove('at');
    at = (steps[event.key]() + refs.length) % refs.length;
    marks.get(refs[at]).classList.add('at');
    say(`${named(...parted(refs[at]))}, ${at + 1} of ${refs.length}`);
    box.dataset.at = refs[at];
    box.querySelector('.where').textContent = named(...parted(refs[at]));
  });
  box.append(el('p', { class: 'where', 'aria-hidden': 'true', dir: 'auto' }));
}

function pictured(name) {
  const figure = el('figure', { class: 'picture', 'data-picture': name });
  draw(figure, name).catch((e) => {
    figure.append(el('p', { class: 'note' }, `The picture ${name} could not be drawn.`));
    throw e;
  });
  return figure;
}

function closePictures() {
  for (const view of open_views) view.finalize();
  open_views.clear();
}
