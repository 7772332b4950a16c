// One key, or two in a row (`g r`), press the link or button that names them in data-shortcut. `?` lists them.

const patience = 900; // ms between the two keys

export function listenForShortcuts() {
  let first = '';
  let timer = 0;
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) { return; }
    clearTimeout(timer);
    const keys = first ? `${first} ${event.key}` : event.key;
    first = '';
    const target = document.querySelector(`[data-shortcut="${CSS.escape(keys)}"]`);
    if (target) {
      event.preventDefault();
      target.click();
    } else if (document.querySelector(`[data-shortcut^="${CSS.escape(event.key)} "]`)) {
      first = event.key;
      timer = setTimeout(() => { first = ''; }, patience);
    }
  });
  document.addEventListener('click', event => {
    if (event.target.closest?.('[data-opens]')) { document.getElementById(event.target.closest('[data-opens]').dataset.opens)?.showModal(); }
  });
}

const isTyping = element => element.closest?.('input, textarea, select, [contenteditable="true"], .chart-plot, dialog[open]') !== null;
