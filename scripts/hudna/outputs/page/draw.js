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
  figure.append(el('figcaption', {}, full.description || ''));
  figure.dataset.drawn = 'true';
  if (!window.firstPicture) window.firstPicture = performance.now();
}

function pictured(name) {
  const figure = el('figure', { class: 'picture', 'data-picture': name, tabindex: '0' });
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
