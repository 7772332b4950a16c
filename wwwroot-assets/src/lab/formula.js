// Sets formulas. Loaded only where one is shown; its style sheet comes with it.
import katex from 'katex';

let sheet = null;

export async function showFormula(element, latex, styleSheet) {
  await loadSheet(styleSheet);
  // Not in display mode, so that a long formula breaks at its signs on a narrow screen. The MathML beside the picture is kept: it is what is read aloud.
  katex.render(`\\displaystyle ${latex}`, element, { throwOnError: false });
  element.dataset.set = 'true';
}

function loadSheet(href) {
  sheet ??= new Promise(resolve => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = href;
    link.addEventListener('load', resolve);
    link.addEventListener('error', resolve); // a formula without its fonts is better than none
    document.head.append(link);
  });
  return sheet;
}
