// Names folded to plain letters and to their consonants, by the rules that ground/folding.py gives.
function folder(rules) {
  const ready = (steps) => steps.map(([pattern, instead]) => [new RegExp(pattern, 'g'), instead]);
  const before = ready(rules.before), after = ready(rules.after), bones = ready(rules.skeleton);
  const stepped = (text, steps) => steps.reduce((t, [p, i]) => t.replace(p, i), text);
  const letter = (c) => c < '\x80' ? c.toLowerCase() : rules.letters[c] || '';
  const fold = (text) =>
    stepped(Array.from(stepped(text.normalize('NFKC'), before), letter).join(''), after);
  return { fold, skeleton: (text) => stepped(fold(text), bones) };
}
