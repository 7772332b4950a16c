// Loads the component kit's files, which are large, once the page stands: its script, and the style sheet of the theme in use.

const system = matchMedia('(prefers-color-scheme: dark)');

export function loadKit() {
  const place = document.querySelector('link[data-kit-script]');
  const script = document.createElement('script');
  script.src = place.dataset.kitScript;
  place.replaceWith(script);
  dress();
  document.addEventListener('ntl:theme', dress);
}

function dress() {
  const chosen = document.documentElement.dataset.theme ?? (system.matches ? 'dark' : 'light');
  for (const sheet of document.querySelectorAll('link[data-theme-sheet]')) {
    const isInUse = sheet.dataset.themeSheet === chosen;
    if (isInUse) { sheet.href ||= sheet.dataset.href; }
    sheet.media = isInUse ? 'all' : 'not all';
  }
}
